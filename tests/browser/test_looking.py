"""The look at every page is worth something: it finds what is put before it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import Tab
from tests.browser.looking import look_at
from tests.browser.watching import watched

pytestmark = pytest.mark.browser
BASE = "http://localhost:9"
"""Nobody listens there; the page is handed to the browser by the test."""
FAULTY = """<!doctype html><html lang="en"><title>Nothing</title>
<main><h1>One</h1><h1>Another</h1><p style="color: #bbb; background: #fff">faint</p><div style="width: 900px">wide</div>
<p class="dark">dark on dark</p><img alt="" src="http://elsewhere.example/x.png"><object data="/x"></object></main>
<style>@media (prefers-color-scheme: dark) { .dark { color: #222; background: #000 } }</style>
<script>document.cookie = "a=1"; localStorage.b = 1; sessionStorage.c = 1; console.error("oops");
indexedDB.open("d"); caches.open("e"); loaded = location.pathname;
setTimeout(() => { throw new Error("thrown"); });</script></html>"""
FOUND = {
    "answered 200 instead of 404",
    "led to /de/faulty",
    "lang is 'en'",
    "h1: ['One', 'Another']",
    "title: 'Nothing'",
    "cookies: a=1",
    "cookie a",
    "localStorage: ['b']",
    "databases: ['d']",
    "caches: ['e']",
    "stored, but not declared: ['c']",
    "asked another host: http://elsewhere.example/x.png",
    "blocked by the content security policy: object-src",
    "console: oops",
    "uncaught: thrown",
    ": axe color-contrast (serious) at ['p:nth-child(3)']",
    "in dark colours: axe color-contrast (serious) at ['p:nth-child(3)', '.dark']",
    'scrolls sideways at 320 px: DIV  "wide"',
}


def test_faults_are_noticed(browser: Browser) -> None:
    with watched(browser, BASE, "de") as seen:
        page = seen.tab(Tab())
        headers = {"Content-Security-Policy": "object-src 'none'", "Content-Type": "text/html"}
        page.route("**/faulty", lambda asked: asked.fulfill(body=FAULTY, headers=headers))
        look_at(seen, page, "/de/faulty", "de", arrival="/de/elsewhere", status=404)
    missed = [one for one in FOUND if not any(one in problem for problem in seen.problems)]
    assert missed == [], seen.problems
