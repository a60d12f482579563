"""What our build does beyond Reflex's: one build for every address, tenant pages prerendered, nothing stored."""

import json
import re
from pathlib import Path
from typing import Any

import reflex as rx

EMPTY_SLUG = "_"
"""Stands for any tenant in the prerendered pages; no tenant may have it as its name in addresses."""

THEME_STUB = """
import { createContext, createElement, Fragment, useContext } from "react";
const ThemeContext = createContext({ theme: "system", resolvedTheme: "light", setTheme: () => {} });
export function ThemeProvider({ children }) {
  return createElement(Fragment, null, children);
}
export function useTheme() {
  return useContext(ThemeContext);
}
"""
"""Instead of Reflex's colour mode, which writes to localStorage; the style sheet follows the system's choice."""

KEPT = """
const kept = (name) => {
  try {
    window[name].getItem("");
    return window[name];
  } catch {
    const memory = new Map();
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => memory.set(key, String(value)),
      removeItem: (key) => memory.delete(key),
      clear: () => memory.clear(),
    };
  }
};
const sessionStorage = kept("sessionStorage");
const localStorage = kept("localStorage");
"""
"""Within another website a browser may refuse to keep anything; then the open page remembers by itself."""

PLAIN_JSX = """
// What Emotion's `jsx` does where nothing carries a style of its own.
const plainJsx = {
  name: "plain-jsx",
  enforce: "pre",
  resolveId: (id) => (id === "@emotion/react" ? "\\0plain-jsx" : null),
  load: (id) => (id === "\\0plain-jsx" ? 'export { createElement as jsx } from "react";' : null),
};
"""
"""Part of the bundler's settings. Styles that Emotion writes into the page are forbidden by our policy anyway, so its
13 kB would only travel."""

NO_COOKIES = """
class Cookies {
  get() {}
  set() {}
  remove() {}
}
"""
"""Instead of the library by which Reflex can set cookies: Smart CX sets none, and ships nothing that could."""

STYLES = Path(__file__).with_name("used_styles.js")
"""Replaces Reflex's settings for PostCSS."""

API_URL = re.compile(r"""[`"'](http|ws)://localhost:8000([^`"']*)[`"']""")


class PortalBuild(rx.plugins.Plugin):
    """Hooks into Reflex's compiler and into the finished build."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"]("utils/react-theme.js", lambda _: THEME_STUB)
        context["add_modify_task"]("utils/state.js", fit_for_us)
        context["add_modify_task"]("vite.config.js", with_plain_jsx)
        context["add_modify_task"]("postcss.config.js", lambda _: STYLES.read_text())
        pages = [*prerendered([page.route for page in context["unevaluated_pages"]]), "/404"]
        context["add_modify_task"]("react-router.config.js", lambda text: with_prerender(text, pages))

    def post_build(self, **context: Any) -> None:
        (chunk,) = (context["static_dir"] / "assets").glob("reflex-env-*.js")
        text, found = API_URL.subn(r'location.origin.replace(/^http/,"\1")+"\2"', chunk.read_text())
        if not found:
            raise RuntimeError(f"no address of the server in {chunk.name}: Reflex builds differently now")
        chunk.write_text(text)


def fit_for_us(script: str) -> str:
    """Reflex's event loop, changed where it has to be."""
    return with_safe_storage(without_cookies(without_direct_eval(script)))


def with_safe_storage(script: str) -> str:
    """Let it do without the browser's storage where that is refused: asking for it raises there.

    A second build in the same folder finds the script as the first one left it.
    """
    if script.startswith(KEPT):
        return script
    bare = script.replace("window.sessionStorage", "sessionStorage").replace("window.localStorage", "localStorage")
    if "sessionStorage." not in bare:
        raise RuntimeError("Reflex's event loop keeps nothing in the tab any more: this step can go")
    return KEPT + bare


def without_direct_eval(script: str) -> str:
    """Let the build shorten the names in Reflex's event loop: a direct `eval`, which our policy forbids anyway, sees
    them, so none could be changed. A quarter of that file's weight."""
    changed = re.sub(r"\beval\(", "(0, eval)(", script)
    if "(0, eval)(" not in changed:
        raise RuntimeError("no eval in Reflex's event loop any more: this step can go")
    return changed


def without_cookies(script: str) -> str:
    """Let it know no cookies. A second build in the same folder finds the script as the first one left it."""
    library = 'import Cookies from "universal-cookie";\n'
    if library in script:
        return script.replace(library, NO_COOKIES)
    if NO_COOKIES not in script:
        raise RuntimeError("Reflex's event loop reaches cookies in another way now")
    return script


def with_plain_jsx(config: str) -> str:
    """The bundler's settings, with React's own `createElement` in the place of Emotion's."""
    if PLAIN_JSX in config:
        return config
    start, plugins = "export default defineConfig(", "  plugins: [\n"
    if start not in config or plugins not in config:
        raise RuntimeError("the bundler's settings look different: Reflex writes them in another way now")
    return config.replace(start, PLAIN_JSX + start, 1).replace(plugins, f"{plugins}    plainJsx,\n", 1)


def prerendered(routes: list[str]) -> list[str]:
    """The paths under which dynamic routes are rendered once for all their values."""
    dynamic = [route for route in routes if "[" in route and "[[" not in route]
    return sorted("/" + re.sub(r"\[[^\]]+\]", EMPTY_SLUG, route.strip("/")) for route in dynamic)


def with_prerender(config: str, pages: list[str]) -> str:
    """React Router's configuration, with `pages` rendered beside the static ones."""
    wanted = f"prerender: async ({{ getStaticPaths }}) => [...(await getStaticPaths()), ...{json.dumps(pages)}]"
    changed, found = re.subn(r'"?prerender"?:\s*true', wanted, config)
    if not found:
        raise RuntimeError("no prerender setting found: Reflex writes its configuration differently now")
    return changed
