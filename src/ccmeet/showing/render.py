"""Pages through templates: the theme's files, a project's own before the default ones.

Autoescape is on and an unknown variable is an error. Templates get `page` (its dataclass says
what it holds), `frame`, and `t`, the interface's words; they neither query nor sort.
"""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import TracebackType

import jinja2
from markupsafe import Markup

from ccmeet.errors import Problem, TemplateError
from ccmeet.showing.pages.frame import Page
from ccmeet.showing.words import Words, read_words

_HAN = re.compile("[\u3400-\u9fff]")
_IN_CHINESE = re.compile(
    r"《?[\u3400-\u9fff][\u3400-\u9fff\d\s《》、，。；：！？（）·…—-]*[\u3400-\u9fff》）]|[\u3400-\u9fff]"
)


def default_theme() -> Path:
    """The theme that ccmeet comes with: inside the wheel, or at the top of a checkout."""
    inside = Path(str(files("ccmeet"))) / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "templates"


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates, static files and words: the default theme, and a project's own over it."""

    folders: tuple[Path, ...]
    environment: jinja2.Environment
    words: Words

    def render(self, page: Page) -> bytes:
        """A page as UTF-8 HTML. Raises TemplateError, naming the template and the line."""
        try:
            template = self.environment.get_template(page.TEMPLATE)
            html = template.render(page=page, frame=page.frame)
        except jinja2.TemplateSyntaxError as error:
            raise _error(f"{error.message}", error.name or page.TEMPLATE, error.lineno) from error
        except jinja2.TemplateNotFound as error:
            raise _error(f"there is no template {error.name}", page.TEMPLATE, None) from error
        except Exception as error:  # a project's templates are programs, and may fail as such
            name, line = self._place(error.__traceback__, page.TEMPLATE)
            told = error.problems[0].message if isinstance(error, TemplateError) else str(error)
            raise _error(f"{told} (page {page.path})", name, line) from error
        return html.encode()

    def static(self) -> dict[str, bytes]:
        """The theme's static files by their path in the site; a project's own win."""
        found: dict[str, bytes] = {}
        for folder in self.folders:
            root = folder / "static"
            for file in sorted(root.rglob("*")) if root.is_dir() else ():
                if file.is_symlink():
                    raise TemplateError(f"{file}: a theme holds plain files, no symbolic links")
                if file.is_file() and not file.name.startswith("."):
                    found[file.relative_to(root).as_posix()] = file.read_bytes()
        return found

    def _place(self, trace: TracebackType | None, name: str) -> tuple[str, int | None]:
        """The template and line an error rose from: the innermost template on its way."""
        found, line = name, None
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            for folder in self.folders:
                if folder in file.parents:
                    found, line = file.relative_to(folder).as_posix(), trace.tb_lineno
            trace = trace.tb_next
        return found, line


def load_theme(own: Path | None, lang: str) -> Theme:
    """The theme in a language; `own` is a project's `templates/`, whose files go first.

    Raises TemplateError for a catalogue that can't be read.
    """
    default = default_theme()
    folders = (default, *((own,) if own and own.is_dir() and own != default else ()))
    catalogues = [_read(folder / "interface" / f"{lang}.yaml") for folder in folders]
    if not catalogues[0]:
        raise TemplateError(f"there is no interface in {lang!r}", hint="zh-CN and en are there")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*reversed(folders)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    words = read_words(lang, *catalogues[:2])
    environment.globals |= {"t": words, "foreign": lang != "zh-CN"}
    environment.filters["data_block"] = _data_block
    environment.tests["chinese"] = lambda text: bool(_HAN.search(str(text)))
    environment.filters["mixed"] = str if lang == "zh-CN" else _mixed
    return Theme(folders, environment, words)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{file} can't be read: {error}") from error


def _data_block(text: str) -> Markup:
    """JSON for a <script> data block, its marks escaped so that no text can end the block."""
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _mixed(text: str) -> Markup:
    """Words of another tongue, the Chinese among them marked as such for those who are read to."""
    pieces: list[str | Markup] = []
    end = 0
    for run in _IN_CHINESE.finditer(text):
        pieces += [text[end : run.start()], Markup('<span lang="zh-CN">{}</span>').format(run[0])]
        end = run.end()
    return Markup("").join([*pieces, text[end:]])


def _error(message: str, template: str, line: int | None) -> TemplateError:
    hint = "the page's dataclass in ccmeet.showing.pages says what it holds"
    return TemplateError(Problem("error", message, f"templates/{template}", line, hint=hint))
