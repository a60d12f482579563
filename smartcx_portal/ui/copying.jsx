// Copying by a button. Where the browser has no clipboard for us, the text is marked instead.
import { useState } from "react";

export function CopyButton({ text, label, spoken, done, marked, shownIn }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    setSaid("");
    try {
      await navigator.clipboard.writeText(text);
      setSaid(done);
    } catch {
      const box = document.getElementById(shownIn);
      if (box) window.getSelection()?.selectAllChildren(box);
      setSaid(marked);
    }
  };
  return (
    <>
      <button type="button" className="kern-btn kern-btn--secondary kern-btn--x-small" aria-label={spoken} onClick={copy}>
        <span className="kern-label">{label}</span>
      </button>
      <span role="status" className="kern-body kern-body--muted cx-copy__said">{said}</span>
    </>
  );
}
