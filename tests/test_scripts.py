"""The scripts of the pages run in old browsers: ES2018, and newer built-ins only where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from builders import ROOT

SCRIPTS = sorted((ROOT / "theme").rglob("*.js"))
PARSER = Parser(Language(tree_sitter_javascript.language()))

#: What ES2018 is made of. Everything else is refused: what comes next is not known yet.
_NAMED = """
    program comment empty_statement expression_statement statement_block statement_identifier
    variable_declaration lexical_declaration variable_declarator
    if_statement else_clause switch_statement switch_body switch_case switch_default
    for_statement for_in_statement while_statement do_statement
    break_statement continue_statement return_statement throw_statement debugger_statement labeled_statement
    try_statement catch_clause finally_clause
    function_declaration function_expression generator_function generator_function_declaration arrow_function
    formal_parameters assignment_pattern rest_pattern array_pattern object_pattern object_assignment_pattern
    pair_pattern shorthand_property_identifier_pattern
    class class_declaration class_heritage class_body method_definition computed_property_name
    identifier property_identifier shorthand_property_identifier this super undefined null true false
    number string string_fragment escape_sequence template_string template_substitution
    regex regex_pattern regex_flags array object pair spread_element arguments
    parenthesized_expression member_expression subscript_expression call_expression new_expression
    meta_property unary_expression update_expression binary_expression ternary_expression sequence_expression
    assignment_expression augmented_assignment_expression yield_expression await_expression
"""
_TOKENS = """
    ( ) [ ] { } , ; : ? . ... => = ' " ` ${ / * + - % ** ++ -- ! ~ && || & | ^ << >> >>>
    < > <= >= == != === !== += -= *= /= %= **= <<= >>= >>>= &= |= ^=
    var let const if else switch case default for in of while do break continue return throw debugger
    try catch finally function async await yield class extends static get set new target typeof void delete
    instanceof this super null true false undefined
"""
#: Regular expressions whose whole script is refused by browsers that read the rest of ES2018.
_LATER_PATTERN = re.compile(r"\(\?<|\\[pP]\{|\(\?[a-z-]+:")
#: What browsers learned after ES2018 or late in it: methods, and names that mean nothing else.
LATER_METHODS = frozenset({"at", "flat", "any", "with", "finally", "groupBy"})
_LATER_NAMES = """
    replaceAll flatMap fromEntries matchAll allSettled structuredClone findLast findLastIndex hasOwn
    toSorted toReversed toSpliced trimStart trimEnd withResolvers isWellFormed toWellFormed getOrInsert
    globalThis queueMicrotask requestIdleCallback replaceChildren toggleAttribute scrollend
    Segmenter RelativeTimeFormat ListFormat PluralRules DisplayNames Locale formatToParts
    WeakRef FinalizationRegistry AggregateError BigInt BigInt64Array SharedArrayBuffer Atomics
    AbortController AbortSignal ResizeObserver IntersectionObserver CompressionStream DecompressionStream
    navigation startViewTransition showPopover checkVisibility
"""
NAMED, TOKENS, LATER_NAMES = (frozenset(words.split()) for words in (_NAMED, _TOKENS, _LATER_NAMES))


def parsed(source: str) -> Node:
    return PARSER.parse(source.encode()).root_node


def nodes(root: Node) -> Iterator[Node]:
    """A node and everything below it."""
    yield root
    for child in root.children:
        yield from nodes(child)


def text(node: Node | None) -> str:
    return node.text.decode() if node and node.text else ""


def ancestors(node: Node) -> Iterator[Node]:
    while node.parent:
        node = node.parent
        yield node


def later_syntax(source: str) -> list[str]:
    """What in a script is no ES2018, with the line of each."""
    root = parsed(source)
    found = [f"{node.start_point.row + 1}: {what}" for node in nodes(root) for what in _later(node)]
    return [*found, *(["a string over two lines"] if set("\u2028\u2029") & set(source) else [])]


def _later(node: Node) -> Iterator[str]:
    if node.is_error or node.is_missing:
        yield "not understood"
    elif node.type not in (NAMED if node.is_named else TOKENS):
        yield node.type
    elif node.type == "catch_clause" and not node.child_by_field_name("parameter"):
        yield "catch without a name"
    elif node.type == "number" and re.search("_|n$", text(node)):
        yield f"number {text(node)}"
    elif node.type == "meta_property" and text(node) != "new.target":
        yield text(node)
    elif node.type in ("await_expression", "await") and not _is_in_async(node):
        yield "await outside of an async function"
    elif node.type == "regex_flags" and set(text(node)) - set("gimuys"):
        yield f"flags {text(node)}"
    elif node.type == "regex_pattern" and _LATER_PATTERN.search(text(node)):
        yield text(node)


def _is_in_async(node: Node) -> bool:
    kinds = ("function", "definition", "declaration", "function_expression")
    functions = (each for each in ancestors(node) if each.type.endswith(kinds))
    inner = next((each for each in functions if each.child_by_field_name("body")), None)
    return inner is not None and any(child.type == "async" for child in inner.children)


def later_names(source: str) -> list[str]:
    """Newer built-ins that a script uses without asking whether they are there."""
    found = []
    for node in nodes(parsed(source)):
        name = text(node)
        is_name = node.type in ("property_identifier", "identifier")
        is_later = is_name and (name in LATER_NAMES or (name in LATER_METHODS and _is_called(node)))
        if is_later and not any(_asks(each, name) for each in ancestors(node)):
            found.append(f"{node.start_point.row + 1}: {name}")
    return found


def _is_called(node: Node) -> bool:
    member = node.parent
    if not member or member.type != "member_expression" or not member.parent:
        return False
    return member.parent.child_by_field_name("function") == member


def _asks(node: Node, name: str) -> bool:
    """Whether what is below a node is done only where a name is known, or may fail."""
    if node.type in ("if_statement", "ternary_expression"):
        return name in text(node.child_by_field_name("condition"))
    if node.type == "binary_expression":
        operator = text(node.child_by_field_name("operator"))
        return operator in ("&&", "||") and name in text(node.child_by_field_name("left"))
    return node.type == "try_statement" and name in text(node.child_by_field_name("body"))


def test_the_scripts_are_found() -> None:
    assert {"board.js", "mode.js", "search-engine.js"} <= {script.name for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_plain_es2018(script: Path) -> None:
    source = script.read_text("utf-8")
    assert later_syntax(source) == []
    assert later_names(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "a?.b;",
        "a?.[0];",
        "a?.();",
        "a ?? b;",
        "a ??= b;",
        "a ||= b;",
        "a &&= b;",
        "class A { a = 1; }",
        "class A { static a = 1; }",
        "class A { #a() {} }",
        "class A { #a = 1; }",
        "class A { has(b) { return #a in b; } }",
        "class A { static { a(); } }",
        "class A { @a b() {} }",
        "try { a(); } catch { b(); }",
        "var a = 1_000;",
        "var a = 1n;",
        "import a from './a.js';",
        "import './a.js';",
        "import('./a.js');",
        "import.meta.url;",
        "export var a = 1;",
        "export default a;",
        "await a;",
        "function b() { await a; }",
        "async function b() { return () => await a; }",
        "for await (const a of b) { c(); }",
        "using a = b();",
        "#!/usr/bin/env node\na();",
        "<a>b</a>;",
        "/a/v;",
        "/a/d;",
        "/(?<=a)b/;",
        "/(?<!a)b/;",
        "/(?<a>b)/;",
        r"/\p{L}/u;",
        "/(?i:a)/;",
        "'\u2028';",
        "a(;",
        "if (a {",
    ],
)
def test_what_is_newer_is_refused(source: str) -> None:
    assert later_syntax(source)


@pytest.mark.parametrize(
    "source",
    [
        "'use strict'; var a = 1, b = [1, , 2]; let c;",
        "const d = { e, f: 1, [g]: 2, h() {}, get i() { return 1; } };",
        "class A extends B { constructor() { super(); } static a() {} get b() { return 1; } *c() {} }",
        "class A { async b() { await c; } } var d = async function () { await e; for await (f of g) h(); };",
        "const f = ({ a = 1, b: [c], ...rest }, ...others) => a ** 2 + new.target;",
        "async function f() { const g = async () => await a; await b; return [...c]; }",
        "for (const [a, b] of c) { if (!a) continue; else break; }",
        "outer: for (;;) { do { i += 1; } while (a in b); while (c instanceof d) break outer; }",
        "switch (a) { case 1: b(); break; default: throw new Error(`a ${b} c`); }",
        "try { a(); } catch (error) { b(); } finally { c(); }",
        "function* f() { yield* g(); } void 0; delete a.b; typeof a === 'b' ? 1 : 2;",
        r"/[^\/a](?:b)(?=c)(?!d)\u{1F600}/gimuys.test(a), 0x1F, 1e3, .5, a >>>= 2;",
        "const at = a.at, any = { finally: 1 };",
    ],
)
def test_what_is_es2018_is_accepted(source: str) -> None:
    assert later_syntax(source) == []
    assert later_names(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "a.replaceAll('b', 'c');",
        "a.at(-1);",
        "a.flat();",
        "a.flatMap(b);",
        "Object.fromEntries(a);",
        "a.matchAll(/b/g);",
        "Promise.allSettled(a);",
        "Promise.any(a);",
        "a().finally(b);",
        "structuredClone(a);",
        "a.toSorted();",
        "a.with(0, 1);",
        "new Intl.Segmenter('zh');",
        "globalThis.a = 1;",
        "new WeakRef(a);",
        "new AbortController();",
        "if (a.flatMap) b(); c.flatMap(d);",
        "a.replaceAll && b; c.replaceAll('d', 'e');",
        "try { a(); } catch (error) { b.replaceAll('c', 'd'); }",
    ],
)
def test_a_newer_built_in_is_refused(source: str) -> None:
    assert later_names(source)


@pytest.mark.parametrize(
    "source",
    [
        "if (a.replaceAll) a.replaceAll('b', 'c'); else d();",
        "b = a.flatMap ? a.flatMap(c) : d(a);",
        "window.ResizeObserver && new ResizeObserver(a);",
        "if (window.Intl && Intl.Segmenter) new Intl.Segmenter('zh');",
        "try { a = new Intl.Segmenter('zh'); } catch (error) { a = null; }",
        "a.description; a.at; a.any = b;",
    ],
)
def test_a_newer_built_in_that_is_asked_for_is_accepted(source: str) -> None:
    assert later_names(source) == []
