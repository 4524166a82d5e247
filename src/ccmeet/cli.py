"""The command line: the only place that prints. `run(argv)` returns the exit code.

0 fine · 1 problems in the content · 2 wrong usage · 3 conflicts between parser and people.
"""

import argparse
import gc
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ccmeet import __version__
from ccmeet.errors import CcmeetError, Problem, UsageError
from ccmeet.fresh import remember

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

OK, PROBLEMS, USAGE, CONFLICTS, INTERRUPTED = 0, 1, 2, 3, 130


def run(argv: Sequence[str]) -> int:
    """Do what the arguments say; print; return the exit code. Raises nothing declared."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese message on a terminal set to ASCII is shown with marks, not with a traceback.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # Records live to the end of the run: looking through them for cycles again and again, as the
    # default (700, 10, 10) does, takes a seventh of a large archive's build.
    gc.set_threshold(100_000, 20, 20)
    try:
        args = _parser().parse_args(argv, argparse.Namespace(argv=list(argv)))
        command: Callable[[argparse.Namespace], int] = args.command
        return command(args)
    except SystemExit as stop:  # argparse: --help, --version, bad usage
        return stop.code if isinstance(stop.code, int) else USAGE
    except CcmeetError as error:
        _report(error.problems)
        return error.exit_code
    except KeyboardInterrupt:
        _say("interrupted; nothing half-written is left, run the command again to go on")
        return INTERRUPTED
    except BrokenPipeError:  # ccmeet … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _say(line: str) -> None:
    print(_shown(line), file=sys.stderr)


def _shown(line: str) -> str:
    """A line as it may be printed: what a record holds must not steer the reader's terminal."""
    return _STEERING.sub(lambda found: repr(found[0])[1:-1], line)


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        for line in _lines(problem):
            _say(line)


def _lines(problem: Problem) -> list[str]:
    place = ":".join(str(p) for p in (problem.path, problem.line, problem.field) if p)
    told = f"{problem.severity}: {place + ': ' if place else ''}{problem.message}"
    return [told, f"    {problem.hint}"] if problem.hint else [told]


def _root(args: argparse.Namespace) -> Path:
    """The project's folder: --root, or the nearest one up from here that holds `content/`."""
    if args.root:
        root = Path(args.root)
        if not (root / "content").is_dir():
            raise UsageError(
                f"{root} is no ccmeet project: it has no content/ folder",
                hint="name the folder that holds content/, or make one: mkdir -p content/articles",
            )
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content").is_dir():
            return folder
    raise UsageError(
        f"no content/ folder here ({here}) or above",
        hint="go to the project's folder, or name it: ccmeet --root DIR …",
    )


# ---------- commands ----------


def _build(args: argparse.Namespace) -> int:
    from ccmeet.build import build_site

    root = _root(args)
    done = build_site(root, _out(args, root), frozen=args.frozen, base_url=args.base_url, say=_say)
    found = [line for problem in done.problems for line in _lines(problem)]

    def lines(written: int, removed: int, unchanged: int) -> list[str]:
        counts = f"{written} files written, {removed} removed, {unchanged} unchanged"
        return [*found, f"{done.out}: {done.pages} pages; {counts}", f"open {done.out}/index.html"]

    for line in lines(done.written, done.removed, done.unchanged):
        _say(line)
    again = "".join(_shown(line) + "\n" for line in lines(0, 0, len(done.files)))
    remember(args.argv, str(root), str(done.out), done.inputs, list(done.files), again)
    return OK


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; it begins with https://")
    return text


def _out(args: argparse.Namespace, root: Path) -> Path:
    return Path(args.out) if args.out else root / "build"


def _parse(args: argparse.Namespace) -> int:
    if args.json:
        return _parse_json(args)
    from ccmeet.build import parse_articles

    root = _root(args)
    done = parse_articles(root, [Path(f) for f in args.files], keep=args.keep, say=_say)
    _report((*done.problems, *done.conflicts))
    _say(f"{_counted(done.articles, 'article')} read; {_counted(done.written, 'file')} written")
    if done.problems:
        return PROBLEMS
    return CONFLICTS if done.conflicts else OK


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _parse_json(args: argparse.Namespace) -> int:
    from ccmeet.build import read_json, source_files

    files = [Path(f) for f in args.files] or source_files(_root(args))
    code = OK
    for file in files:
        line, has_failed = read_json(file)
        print(line, flush=True)
        code = PROBLEMS if has_failed else code
    return code


def _explain(args: argparse.Namespace) -> int:
    from ccmeet.build import explain_file

    # https://no-color.org: set to anything, no colour
    colour = sys.stdout.isatty() and not args.output and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size().columns
    text = explain_file(Path(args.file), as_html=args.html, colour=colour, width=width)
    if args.output:
        Path(args.output).write_text(text, "utf-8")
        _say(f"wrote {args.output}")
    else:
        print(text)
    return OK


def _check(args: argparse.Namespace) -> int:
    from ccmeet.build import check_content

    problems = check_content(_root(args), _say)
    _report(problems)
    counts = {kind: sum(p.severity == kind for p in problems) for kind in ("error", "warning")}
    conflicts = len(problems) - sum(counts.values())
    told = [_counted(number, kind) for kind, number in counts.items()]
    told += [_counted(conflicts, "conflict")] if conflicts else []
    _say(", ".join(told) if problems else "no problems")
    if counts["error"] or (args.strict and counts["warning"]):
        return PROBLEMS
    return CONFLICTS if conflicts else OK


def _diff(args: argparse.Namespace) -> int:
    from ccmeet.build import differences
    from ccmeet.reading.wording import dotted

    rows = differences(_root(args), _say)
    for row in rows:
        place = ":".join(str(part) for part in (row.file, row.line, dotted(row.path)) if part)
        values = [repr(value) for value in (row.read, row.kept) if value is not None]
        print(f"{place}: {row.change}{': ' if values else ''}{' -> '.join(values)}")
    _say(f"{_counted(len(rows), 'difference')} between the records and what the parser read")
    return OK


def _rename(args: argparse.Namespace) -> int:
    from ccmeet.build import rename_record

    done = rename_record(_root(args), args.old, args.new, dry=args.dry_run, say=_say)
    return _changed(done, args.dry_run)


def _merge(args: argparse.Namespace) -> int:
    from ccmeet.build import merge_records

    done = merge_records(_root(args), args.keep, args.gone, dry=args.dry_run, say=_say)
    return _changed(done, args.dry_run)


def _changed(files: Sequence[str], is_dry: bool) -> int:
    for file in files:
        print(file)
    done = "would change; nothing was written" if is_dry else "changed"
    _say(f"{_counted(len(files), 'file')} {done}")
    return OK


def _serve(args: argparse.Namespace) -> int:
    import threading

    from ccmeet.build import build_site
    from ccmeet.serve import open_server, watch

    root = _root(args)
    out = _out(args, root)

    def build() -> None:
        try:
            done = build_site(root, out, say=_say)
            _report(done.problems)
            _say(f"built: {done.written} files written, {done.removed} removed")
        except CcmeetError as error:
            _report(error.problems)

    build()
    if not out.is_dir():
        return PROBLEMS
    stop = threading.Event()
    with open_server(out, args.port) as server:
        _say(f"http://{server.server_name}:{server.server_port}/  (Ctrl-C ends it)")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            watch([root / "content", root / "templates"], build, stop)
        except KeyboardInterrupt:
            _say("stopped")
        finally:
            server.shutdown()
    return OK


# ---------- the grammar ----------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ccmeet",
        description="Make a static archive of inter-city meetings from the news that reports them.",
        epilog=_examples(
            "ccmeet build            read new articles, then make the site in build/",
            "ccmeet serve            the same, shown at http://127.0.0.1:8000/",
            "ccmeet parse a.html --json   what the parser reads in one page; writes nothing",
            "ccmeet check --strict   every record, reference and piece of evidence",
        )
        + "\n\nexit codes: 0 fine, 1 problems in the content, 2 wrong usage, 3 conflicts",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ccmeet {__version__}")
    parser.add_argument("--root", metavar="DIR", help="the project (default: here or above)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(
        commands, "build", _build, "make the site from the records",
        "ccmeet build", "ccmeet build --frozen     in CI: parse nothing, refuse what is missing",
        "ccmeet build --out /tmp/site",
    )  # fmt: skip
    build.add_argument("--out", metavar="DIR", help="where the site goes (default: build/)")
    build.add_argument(
        "--frozen", action="store_true", help="don't parse; fail where an article has no records"
    )

    build.add_argument(
        "--base-url",
        metavar="URL",
        type=_web_address,
        help="where it will be published, if content/site.yaml doesn't say",
    )

    parse = _command(
        commands, "parse", _parse, "read articles into records; a person's edits always stay",
        "ccmeet parse              every article below content/articles/",
        "ccmeet parse content/articles/rednet-14141790.txt",
        "ccmeet parse page.html --json | jq .meetings",
    )  # fmt: skip
    parse.add_argument("files", nargs="*", metavar="FILE", help="articles (default: all)")
    parse.add_argument("--json", action="store_true", help="print one object a line, write nothing")

    parse.add_argument(
        "--keep",
        choices=("mine", "theirs"),
        help="settle conflicts: mine keeps the records' values, theirs takes the parser's",
    )

    explain = _command(
        commands, "explain", _explain, "show an article with every fact marked, and its rule",
        "ccmeet explain content/articles/rednet-14141790.txt",
        "ccmeet explain page.html --html -o explained.html",
    )  # fmt: skip
    explain.add_argument("file", metavar="FILE", help="an article, .txt or .html")
    explain.add_argument("--html", action="store_true", help="one self-contained HTML page")
    explain.add_argument("-o", "--output", metavar="FILE", help="write there, not to the terminal")

    check = _command(
        commands, "check", _check, "find what is wrong in the records, with the remedy",
        "ccmeet check", "ccmeet check --strict     warnings fail too",
        "ccmeet --root ~/archive check     another project than the one here",
    )  # fmt: skip
    check.add_argument("--strict", action="store_true", help="warnings fail too")

    _command(
        commands, "diff", _diff, "list everything that people changed against the parser",
        "ccmeet diff",
    )  # fmt: skip

    merge = _command(
        commands, "merge", _merge, "join two records into one; the second's id becomes an alias",
        "ccmeet merge zhang-wei zhang-wei-wuhan",
        "ccmeet merge areas/jiaotong-hutong areas/jiaotong-hulian-hutong",
        "ccmeet merge --dry-run zhang-wei zhang-wei-wuhan     only list the files",
    )  # fmt: skip
    merge.add_argument("keep", metavar="KEEP", help="the id that stays")
    merge.add_argument("gone", metavar="GONE", help="the id that becomes an alias")
    merge.add_argument("--dry-run", action="store_true", help="only list the files it would change")

    rename = _command(
        commands, "rename", _rename, "give a record another id; the old one becomes an alias",
        "ccmeet rename meetings/long-old-id huishanghui-10",
    )  # fmt: skip
    rename.add_argument("old", metavar="OLD", help="the id as it is")
    rename.add_argument("new", metavar="NEW", help="the id as it is to be")
    rename.add_argument(
        "--dry-run", action="store_true", help="only list the files it would change"
    )

    serve = _command(
        commands, "serve", _serve, "build, show on this machine, rebuild on change",
        "ccmeet serve", "ccmeet serve --port 0     any free port",
    )  # fmt: skip
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="default: 8000")
    serve.add_argument("--out", metavar="DIR", help="where the site goes (default: build/)")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: Callable[[argparse.Namespace], int],
    help: str,
    *examples: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=_examples(*examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=does)
    return parser


def _examples(*lines: str) -> str:
    return "examples:\n" + "\n".join(f"  {line}" for line in lines)
