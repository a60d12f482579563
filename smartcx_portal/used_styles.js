// PostCSS for the build: of KERN's sheet only the rules whose classes occur in what is built. Two thirds of it do not.
// Runs in Reflex's working folder, before the bundler names the sheet after its contents.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import autoprefixer from "autoprefixer";
import postcssImport from "postcss-import";

const NOT_OURS = ["node_modules", "build", "backend"];
const SCRIPT = /\.(js|jsx|ts|tsx)$/;
const CLASS = /kern-[\w-]*/g;

const scripts = readdirSync(".", { withFileTypes: true })
  .filter((one) => one.isDirectory() && !one.name.startsWith(".") && !NOT_OURS.includes(one.name))
  .flatMap((one) => readdirSync(one.name, { recursive: true }).map((file) => join(one.name, file)))
  .filter((file) => SCRIPT.test(file));
const words = new Set(scripts.flatMap((file) => readFileSync(file, "utf8").match(CLASS) ?? []));
// `"kern-badge--" + kind`: whatever begins like this may occur.
const beginnings = [...words].filter((word) => word.endsWith("-"));
const occurs = (name) => words.has(name) || beginnings.some((word) => name.startsWith(word));

// What stands in parentheses, as in `:not(.kern-a)` and `:is(.kern-a, .kern-b)`, need not occur.
const withoutParentheses = (selector) => {
  const bare = selector.replace(/\([^()]*\)/g, "");
  return bare === selector ? bare : withoutParentheses(bare);
};
const mayFit = (selector) =>
  [...withoutParentheses(selector).matchAll(/\.(kern-[\w-]+)/g)].every(([, name]) => occurs(name));

const onlyWhatOccurs = {
  postcssPlugin: "only-what-occurs",
  OnceExit(sheet) {
    sheet.walkRules((rule) => {
      if (rule.parent.name?.endsWith("keyframes")) return;
      const kept = rule.selectors.filter(mayFit);
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    });
  },
};

export default { plugins: [postcssImport(), onlyWhatOccurs, autoprefixer()] };
