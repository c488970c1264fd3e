"""Photos without what the camera wrote into them: no place, no device, no time; the picture stands upright."""

from __future__ import annotations

from io import BytesIO

_PRINTED = (1500, 1500)
"""About 230 dots an inch on a page."""
_FORMATS = {"JPEG", "PNG", "WEBP"}
_HARMLESS = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform", "progressive", "progression"),
    *("dpi", "icc_profile", "transparency", "gamma", "srgb", "chromaticity", "interlace", "background", "loop"),
    *("duration", "timestamp", "lossless"),
}
"""What Pillow tells of a picture that is about showing it, not about who took it where."""


def without_metadata(data: bytes) -> bytes:
    """The same picture without EXIF, GPS, XMP and comments; what is no picture of these formats comes back as it is."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            kind = image.format
            if kind not in _FORMATS or getattr(image, "is_animated", False):
                return data
            if not image.getexif() and set(image.info) <= _HARMLESS:
                return data  # nothing to take out: kept byte for byte
            upright = ImageOps.exif_transpose(image)
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette("RGBA")) is not None:
                bare.putpalette(palette, "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return data
    buffer = BytesIO()
    bare.save(buffer, format=kind, quality=92)
    return buffer.getvalue()


def for_print(data: bytes) -> bytes | None:
    """An upright JPEG of a size that paper can show; None for what cannot be read as a picture."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            image.draft("RGB", _PRINTED)  # a large JPEG is unpacked at a fraction of its size
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    upright.thumbnail(_PRINTED)
    buffer = BytesIO()
    upright.save(buffer, format="JPEG", quality=82)
    return buffer.getvalue()
