// What the platform does not do by itself: focus, titles, waiting, dialogs and arrow keys. No styles, no eval.
import { useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation, useParams } from "react-router";
import { StateStoreContext, app } from "$/utils/context-registry";

const never = () => () => {};

// The tenant in the address. A prerendered file was made for the tenant "_", so hydration starts from that.
export function useTenantSlug() {
  const { tenant = "" } = useParams();
  return useSyncExternalStore(never, () => tenant, () => (tenant ? "_" : ""));
}

let shownPath = null;
let errorWord = "";

const setTitle = (title) => {
  if (title) document.title = errorWord + title;
};

// Moves focus to the h1 after navigation, and when focusKey changes; keeps the document's title.
export function PageHead({ title, focusKey }) {
  const { pathname } = useLocation();
  const lastKey = useRef("");
  useEffect(() => setTitle(title), [title, pathname]);
  useEffect(() => {
    if (shownPath !== null && shownPath !== pathname) {
      document.getElementById("top")?.focus({ preventScroll: true });
    }
    shownPath = pathname;
  }, [pathname]);
  useEffect(() => {
    if (lastKey.current && focusKey && lastKey.current !== focusKey) document.getElementById("top")?.focus();
    lastKey.current = focusKey || lastKey.current;
  }, [focusKey]);
  return null;
}

// Jumps to the content without touching the fragment, which may hold a person's secret.
export function SkipLink({ children, ...rest }) {
  const jump = (ev) => {
    ev.preventDefault();
    const top = document.getElementById("top");
    top?.scrollIntoView();
    top?.focus();
  };
  return <a href="#top" onClick={jump} {...rest}>{children}</a>;
}

// The same page in the other language: search and fragment go along.
export function SamePageLink({ to, children, ...rest }) {
  const { search, hash } = useLocation();
  const tail = useSyncExternalStore(never, () => search + hash, () => "");
  return <Link to={to + tail} {...rest}>{children}</Link>;
}

// Calls `answered` when the server has changed anything that the page knows.
function useAnswer(waiting, answered) {
  const store = useContext(StateStoreContext);
  useEffect(() => {
    if (!waiting || !store) return undefined;
    const ends = Object.keys(app.initialState ?? {}).map((name) => store.subscribe(name, answered));
    return () => ends.forEach((end) => end());
  }, [waiting, store, answered]);
}

// A button that acts once per answer, and says so when the answer takes its time.
export function Deed({ onClick, children, soon, long, again, type = "button", ...rest }) {
  const button = useRef(null);
  const busy = useRef(false);
  const [stage, setStage] = useState("");
  const ready = useCallback(() => {
    busy.current = false;
    setStage("");
  }, []);
  const start = useCallback((ev) => {
    if (busy.current) {
      ev.preventDefault();
      ev.stopPropagation();
      return false;
    }
    busy.current = true;
    setStage("sent");
    return true;
  }, []);
  useAnswer(stage !== "", ready);
  useEffect(() => {
    if (stage !== "sent" && stage !== "soon") return undefined;
    const [next, wait] = stage === "sent" ? ["soon", 500] : ["long", 9500];
    const timer = setTimeout(() => setStage(next), wait);
    return () => clearTimeout(timer);
  }, [stage]);
  useEffect(() => {
    const form = type === "submit" ? button.current?.form : null;
    if (!form) return undefined;
    const guard = (ev) => (!ev.submitter || ev.submitter === button.current) && start(ev);
    form.addEventListener("submit", guard);
    return () => form.removeEventListener("submit", guard);
  }, [type, start]);
  const click = type === "submit" || !onClick ? undefined : (ev) => start(ev) && onClick(ev);
  const retry = () => {
    ready();
    button.current?.click();
  };
  return (
    <>
      <button ref={button} type={type} onClick={click} aria-busy={stage !== "" || undefined} {...rest}>
        {children}
      </button>
      <span role="status" className="cx-wait" data-waiting={stage === "soon" || stage === "long" || undefined}>
        {stage === "soon" && <span className="kern-body">{soon}</span>}
        {stage === "long" && <span className="kern-body">{long}</span>}
        {stage === "long" && (
          <button type="button" className="kern-btn kern-btn--tertiary" onClick={retry}>
            <span className="kern-label">{again}</span>
          </button>
        )}
      </span>
    </>
  );
}

const fieldOf = (name) =>
  document.getElementById(name) ?? document.querySelector(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(name)}-"]`);

// The summary of what is wrong: takes focus on every answer that has problems, the same ones too, and links to the fields.
export function ErrorSummary({ problems, heading, word }) {
  const box = useRef(null);
  const rows = Object.entries(problems ?? {}).filter(([, text]) => text);
  const wrong = rows.length > 0;
  const [sent, setSent] = useState(false);
  const [answers, setAnswers] = useState(0);
  useEffect(() => {
    if (wrong) box.current?.focus();
  }, [problems, answers]);
  useEffect(() => {
    const form = wrong && box.current?.closest("form");
    const again = () => setSent(true);
    form && form.addEventListener("submit", again);
    return () => form && form.removeEventListener("submit", again);
  }, [wrong]);
  const answered = useCallback(() => {
    setSent(false);
    setAnswers((count) => count + 1);
  }, []);
  useAnswer(sent, answered);
  useEffect(() => {
    if (!wrong) return undefined;
    errorWord = word + " ";
    document.title = errorWord + document.title;
    return () => {
      if (document.title.startsWith(errorWord)) document.title = document.title.slice(errorWord.length);
      errorWord = "";
    };
  }, [wrong, word]);
  if (!wrong) return null;
  const go = (ev, name) => {
    ev.preventDefault();
    fieldOf(name)?.focus();
  };
  return (
    <div ref={box} tabIndex={-1} role="group" aria-labelledby="problems" className="kern-alert kern-alert--danger cx-problems">
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--danger" aria-hidden="true" />
        <h2 className="kern-title" id="problems">{heading}</h2>
      </div>
      <div className="kern-alert__body">
        <ul className="kern-list kern-list--bullet">
          {rows.map(([name, text]) => (
            <li key={name}>
              {fieldLike(name)
                ? <a className="kern-link kern-link--no-visited-state" href={"#" + name} onClick={(ev) => go(ev, name)}>{text}</a>
                : text}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

const fieldLike = (name) => name !== "" && !name.startsWith("_");

// A modal dialog. It is open while `open` holds; Escape and its buttons ask the page to close it.
export function Dialog({ open, onClose, children, ...rest }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current?.close();
  }, [open]);
  const cancel = (ev) => {
    ev.preventDefault();
    onClose?.(ev);
  };
  return <dialog ref={dialog} onCancel={cancel} {...rest}>{open ? children : null}</dialog>;
}

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function neighbour(table, button, [across, down]) {
  const all = [...table.querySelectorAll("button")];
  if (across) return all[all.indexOf(button) + across];
  const cell = button.closest("td");
  const rows = [...table.tBodies[0].rows];
  for (let i = rows.indexOf(cell.parentElement) + down; rows[i]; i += down) {
    const found = rows[i].cells[cell.cellIndex]?.querySelector("button");
    if (found) return found;
  }
  return undefined;
}

// Arrow keys between the bookable days of a month, Page Up and Page Down between months.
export function MonthKeys({ children, month, ...rest }) {
  const box = useRef(null);
  const paged = useRef(false);
  useEffect(() => {
    const find = (what) => box.current?.querySelector(what);
    if (paged.current) (find("table button") ?? find("button[data-month]"))?.focus();
    paged.current = false;
  }, [month]);
  const press = (ev) => {
    const button = ev.target.closest?.("td button");
    if (!button) return;
    const page = { PageUp: "previous", PageDown: "next" }[ev.key];
    if (page) {
      ev.preventDefault();
      const turn = box.current.querySelector(`button[data-month="${page}"]`);
      paged.current = Boolean(turn);
      turn?.click();
    } else if (STEPS[ev.key]) {
      ev.preventDefault();
      neighbour(button.closest("table"), button, STEPS[ev.key])?.focus();
    }
  };
  return <div ref={box} onKeyDown={press} {...rest}>{children}</div>;
}

// Whether someone just acted on the page, so that moving focus follows a wish instead of disturbing.
const justActed = () => {
  const active = document.activeElement;
  return active !== document.body ? active?.id !== "top" : Boolean(navigator.userActivation?.isActive);
};

// Focuses itself when `stamp` changes, or when it appears after a click: what was asked for is read next.
export function FocusHeading({ stamp, children, ...rest }) {
  const heading = useRef(null);
  const last = useRef("");
  useEffect(() => {
    if (stamp && stamp !== last.current && (last.current || justActed())) heading.current?.focus();
    last.current = stamp;
  }, [stamp]);
  return <h2 ref={heading} tabIndex={-1} {...rest}>{children}</h2>;
}

// A tenant's style sheet. The file was built for no tenant, so the first address is one that every tenant's page finds.
export function TenantColours({ near, full }) {
  const href = useSyncExternalStore(never, () => full, () => near);
  return <link rel="stylesheet" href={href} precedence="tenant" />;
}
