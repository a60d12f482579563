// Rows that update by themselves stay where the reader is: what is under the pointer or has focus keeps its place on
// the screen while rows come and go above it. No styles in the page's HTML: the policy allows what scripts set.
import { useEffect, useRef } from "react";

export function Steady({ children, ...rest }) {
  const box = useRef(null);
  useEffect(() => {
    const inside = box.current;
    let kept = null;
    const rowOf = (node) => node?.closest?.("[data-row]");
    const note = (row) => {
      kept = row && inside.contains(row) ? { row, key: row.dataset.row, top: row.getBoundingClientRect().top } : null;
    };
    const focused = () => (inside.contains(document.activeElement) ? rowOf(document.activeElement) : null);
    const look = (ev) => note(rowOf(ev.target) ?? focused());
    const again = () => kept && note(kept.row);
    const release = () => {
      inside.style.minHeight = "";
      note(focused());
    };
    const settle = () => {
      if (!kept) return;
      const row = kept.row.isConnected ? kept.row : [...inside.querySelectorAll("[data-row]")].find((one) => one.dataset.row === kept.key);
      const moved = row ? row.getBoundingClientRect().top - kept.top : 0;
      if (!moved) return;
      const room = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
      if (moved > room) inside.style.minHeight = `${window.innerHeight - inside.getBoundingClientRect().top + moved}px`;
      window.scrollBy({ top: moved, behavior: "instant" });
      note(row);
    };
    const watch = new MutationObserver(settle);
    watch.observe(inside, { childList: true, subtree: true, characterData: true });
    inside.addEventListener("pointermove", look);
    inside.addEventListener("pointerleave", release);
    inside.addEventListener("focusin", look);
    window.addEventListener("scroll", again, { passive: true });
    return () => {
      watch.disconnect();
      inside.removeEventListener("pointermove", look);
      inside.removeEventListener("pointerleave", release);
      inside.removeEventListener("focusin", look);
      window.removeEventListener("scroll", again);
    };
  }, []);
  return <div ref={box} {...rest}>{children}</div>;
}
