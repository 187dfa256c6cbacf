"""Distances and directions on the earth, taken for a sphere."""

from __future__ import annotations

import math

RADIUS_KM = 6371.0
_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in km (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the direction from the first point to the second, in degrees clockwise from north."""
    phi1, phi2, east = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    y = math.sin(east) * math.cos(phi2)
    x = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(east)
    return math.degrees(math.atan2(y, x)) % 360


def compass(degrees: float) -> str:
    """Return the nearest of the eight points of the compass: 40 -> "north-east"."""
    return _COMPASS[round(degrees / 45) % 8]


def degrees_of(direction: str) -> float | None:
    """Return the degrees of a word of direction ("north-west", "northwestern"); None where it is none."""
    word = direction.lower().replace("-", "").replace(" ", "").removesuffix("ern").removesuffix("wards")
    for number, point in enumerate(_COMPASS):
        if word.removesuffix("ward") == point.replace("-", ""):
            return number * 45.0
    return None


def apart(first: float, second: float) -> float:
    """Return the angle between two directions, from 0 to 180 degrees."""
    return abs((first - second + 180) % 360 - 180)


def offset(lat: float, lon: float, degrees: float, km: float) -> tuple[float, float]:
    """Return the point `km` away from a point in a direction, as latitude and longitude to 4 decimals."""
    arc, phi, way = km / RADIUS_KM, math.radians(lat), math.radians(degrees)
    to_lat = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(way))
    to_lon = math.radians(lon) + math.atan2(
        math.sin(way) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(to_lat)
    )
    return round(math.degrees(to_lat), 4), round((math.degrees(to_lon) + 540) % 360 - 180, 4)
