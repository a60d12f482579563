// Sends the file that was chosen in the form inside to the address of a ticket, and nowhere else.

export function FileSender({ to, largest, missing, tooLarge, failed, onTaken, onRefused, children }) {
  const send = async (ev) => {
    ev.preventDefault();
    const file = ev.target.elements.namedItem("file").files[0];
    if (!file) return onRefused([missing]);
    if (file.size > largest) return onRefused([tooLarge]);
    try {
      const answer = await fetch(to, { method: "POST", body: file });
      const said = await answer.json();
      return said.id ? onTaken(said.id) : onRefused(said.problems);
    } catch {
      return onRefused([failed]);
    }
  };
  return <div onSubmit={send}>{children}</div>;
}
