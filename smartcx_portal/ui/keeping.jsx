// What a way over several pages needs so that nothing is lost: typed text, a link's secret, time that runs out.
import { Fragment, useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

// Shows its children from the first stamp on, and anew only for another stamp: a cut line or a restarted server,
// which empty the state for a moment, leave a half-filled form alone.
export function Kept({ stamp, children }) {
  const last = useRef("");
  if (stamp) last.current = stamp;
  return last.current ? <Fragment key={last.current}>{children}</Fragment> : null;
}

// Everything that a form holds; unticked boxes and unchosen groups as empty texts.
function entriesOf(form) {
  const found = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "submit") continue;
    const chosen = !["radio", "checkbox"].includes(field.type) || field.checked;
    if (chosen) found[field.name] = field.value;
    else found[field.name] ??= "";
  }
  return found;
}

// What a form is about to send, made fit for the line: a text beyond `longest` is cut just behind it, so that the server
// refuses it with a sentence at its field instead of losing the line; a date that is none is told from an empty one.
function fit({ target, formData }, longest) {
  for (const field of target.elements) {
    if (!field.name || !formData.has(field.name)) continue;
    if (field.validity?.badInput) formData.set(field.name, "?");
    else if (longest && field.value.length > longest) formData.set(field.name, field.value.slice(0, longest));
  }
}

const PAUSE = 800;

// Hands over what the form inside holds: while somebody types at most every 0.8 s, on leaving a field, a tab, a page.
export function Keeper({ onKeep, longest, children }) {
  const box = useRef(null);
  const sent = useRef(null);
  const timer = useRef(0);
  const latest = useRef(onKeep);
  latest.current = onKeep;
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = 0;
    const form = box.current?.querySelector("form");
    if (!form) return;
    const entries = entriesOf(form);
    for (const [name, text] of Object.entries(entries)) if (longest) entries[name] = text.slice(0, longest);
    const whole = JSON.stringify(entries);
    if (whole === sent.current) return;
    sent.current = whole;
    latest.current(entries);
  }, [longest]);
  useEffect(() => {
    const form = box.current?.querySelector("form");
    if (form) sent.current = JSON.stringify(entriesOf(form));
    const hidden = () => document.visibilityState === "hidden" && keep();
    const sending = (ev) => fit(ev, longest);
    document.addEventListener("visibilitychange", hidden);
    form?.addEventListener("formdata", sending);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      form?.removeEventListener("formdata", sending);
      clearTimeout(timer.current);
    };
  }, [keep, longest]);
  const typed = () => {
    timer.current ||= setTimeout(keep, PAUSE);
  };
  return <div ref={box} onInput={typed} onChange={typed} onBlur={keep}>{children}</div>;
}

// Hands over the secret in the address's fragment, again when the page asks anew; `strip` takes it out of the address.
export function FragmentSecret({ asked, strip, onSecret }) {
  const { hash } = useLocation();
  const sent = useRef(null);
  useEffect(() => {
    if (!asked && sent.current === hash) return;
    sent.current = hash;
    onSecret(hash.slice(1));
    if (strip && window.location.hash) {
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    }
  }, [hash, asked]);
  return null;
}

// Shows its children, and says so once, when `seconds` have passed since `stamp` came; counts also while asleep.
export function AfterTime({ seconds, stamp, onReached, children }) {
  const [reached, setReached] = useState(false);
  useEffect(() => {
    setReached(false);
    if (!stamp) return undefined;
    const moment = Date.now() + seconds * 1000;
    let timer = 0;
    const look = () => {
      clearTimeout(timer);
      const left = moment - Date.now();
      if (left > 0) {
        timer = setTimeout(look, Math.min(left, 2 ** 31 - 1));
        return;
      }
      document.removeEventListener("visibilitychange", look);
      setReached(true);
      onReached?.();
    };
    document.addEventListener("visibilitychange", look);
    look();
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [seconds, stamp]);
  return reached ? children : null;
}

const open = (channel) => ("BroadcastChannel" in window ? new BroadcastChannel(channel) : null);

// Speaks up when the reader comes back to this tab, or when another tab of this browser tells on the channel.
export function OnReturn({ channel, onReturn }) {
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && latest.current();
    const line = open(channel);
    if (line) line.onmessage = () => latest.current();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      line?.close();
    };
  }, [channel]);
  return null;
}

// Tells the other tabs of this browser that something has changed; says nothing about what.
export function TellTabs({ channel, stamp }) {
  useEffect(() => {
    if (!stamp) return;
    const line = open(channel);
    line?.postMessage("");
    line?.close();
  }, [channel, stamp]);
  return null;
}

// Opens the browser's print dialog.
export function PrintButton({ children, ...rest }) {
  return <button type="button" onClick={() => window.print()} {...rest}>{children}</button>;
}
