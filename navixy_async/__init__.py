"""The asyncio client for the Navixy telematics platform."""
