"""An image that somebody has sent, drawn anew for paper: its points and nothing else of it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

LONGEST = 2_500  # points along a side: 270 to the inch across the page
MOST_POINTS = 50_000_000


class Unreadable(Exception):
    """No image can be made of it."""


def printable(content: bytes) -> bytes:
    """Return a PNG or JPEG as sRGB, upright, at most LONGEST along a side, without what it says of camera and place.

    Raises Unreadable; an image of too many points is refused by its header, before they are unpacked.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint says otherwise when it is loaded
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_POINTS:
                raise Unreadable
            kind = image.format
            image.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST, LONGEST))
            drawn = BytesIO()
            if kind == "JPEG":
                _as_srgb(upright).save(drawn, "JPEG", quality=88, optimize=True)
            else:
                _as_srgb(upright).save(drawn, "PNG", optimize=True)
            return drawn.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, ImageCms.PyCMSError) as error:
        raise Unreadable from error


def _as_srgb(image: Image.Image) -> Image.Image:
    """On white where it is transparent; by its own profile where it has one."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "LA", "RGBA", "I;16") or "transparency" in image.info:
        seen = image.convert("RGBA")
        plain = Image.new("RGB", seen.size, "white")
        plain.paste(seen, mask=seen.getchannel("A"))
    elif profile and image.mode in ("RGB", "CMYK"):
        srgb = ImageCms.createProfile("sRGB")
        plain = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb, outputMode="RGB")
    else:
        plain = image.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare
