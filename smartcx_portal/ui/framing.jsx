// A page within another website. It speaks only to the window around it, and only after that has said who it is:
// the policy lets no website frame us that the tenant has not listed.
import { useEffect, useState } from "react";
import { useLocation } from "react-router";

const isFramed = () => window.parent !== window;

const keepsNothing = () => {
  try {
    window.sessionStorage.getItem("");
    return false;
  } catch {
    return true;
  }
};

const leadsOut = (link, inside) => {
  const url = new URL(link.href, location.href);
  if (link.hasAttribute("download") || !url.protocol.startsWith("http")) return false;
  if (url.origin !== location.origin) return true;
  const bare = url.pathname.replace(/\/$/, "");
  return !inside.some((beginning) => bare === beginning || bare.startsWith(beginning + "/"));
};

// Marks the links that lead out: they open a tab, and say so.
function useLinksOut(inside, newTab) {
  useEffect(() => {
    if (!isFramed()) return undefined;
    const mark = () => {
      for (const link of document.querySelectorAll("a[href]")) {
        const out = leadsOut(link, inside);
        if (out === (link.dataset.out === "yes")) continue;
        if (out) {
          Object.assign(link, { target: "_blank", rel: "noopener", title: newTab });
          link.dataset.out = "yes";
        } else {
          ["target", "title", "data-out"].forEach((name) => link.removeAttribute(name));
        }
      }
    };
    // The router would follow the link within the frame: it must not hear of the click.
    const click = (ev) => {
      const link = ev.target.closest?.("a[href]");
      if (link && leadsOut(link, inside)) ev.stopPropagation();
    };
    const watch = new MutationObserver(mark);
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["href"] });
    window.addEventListener("click", click, true);
    mark();
    return () => {
      watch.disconnect();
      window.removeEventListener("click", click, true);
    };
  }, [inside.join(" "), newTab]);
}

// The origin of the website around, once it has said so; it outlives the single page.
let known = null;

// Tells the window around how high the page is, and when another page begins.
function useHeight() {
  const { pathname } = useLocation();
  const [around, setAround] = useState(known);
  useEffect(() => {
    if (!isFramed()) return undefined;
    const hear = (ev) => {
      if (ev.source !== window.parent || ev.data?.smartcx !== "hello") return;
      known = ev.origin;
      setAround(known);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    if (!around) return undefined;
    const tell = () =>
      window.parent.postMessage(
        { smartcx: "height", height: Math.ceil(document.body.getBoundingClientRect().height) },
        around,
      );
    const watch = new ResizeObserver(tell);
    watch.observe(document.body);
    tell();
    return () => watch.disconnect();
  }, [around]);
  useEffect(() => {
    if (around) window.parent.postMessage({ smartcx: "page" }, around);
  }, [around, pathname]);
}

export function InFrame({ inside, alone, newTab, lost, open }) {
  const [empty, setEmpty] = useState(false);
  useLinksOut(inside, newTab);
  useHeight();
  useEffect(() => setEmpty(isFramed() && keepsNothing()), []);
  if (!empty) return null;
  return (
    <div className="kern-alert kern-alert--info cx-line cx-framed-note" role="status">
      <span className="kern-icon kern-icon--info" aria-hidden="true" />
      <span className="kern-body">
        {lost + " "}
        <a className="kern-link kern-link--no-visited-state" href={alone}>{open}</a>
      </span>
    </div>
  );
}
