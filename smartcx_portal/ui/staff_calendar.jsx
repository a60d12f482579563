// The staff calendar's columns. Each is a list of buttons, so that it works by keyboard; dragging is a shortcut for the
// form behind them. Sizes are set by script on elements (CSSOM): the policy allows no styles in the page's HTML.
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import "./staff_calendar.css";

const STEP = 5; // minutes to which a dragged end is rounded; a dragged begin keeps to the steps of its service
const NEW_STEP = 15; // minutes to which a click on an empty time is rounded
const FAR = 6; // pixels after which a press is a drag
const TARGET = 24; // pixels that the shortest appointment has at least

const two = (number) => String(number).padStart(2, "0");
const clock = (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const rounded = (minute, step) => Math.round(minute / step) * step;
const within = (value, low, high) => Math.max(low, Math.min(value, high));

// Where in the calendar a point of the screen is: the column under it, and the minute from the top.
function placeOf(box, x, y, scale, begins) {
  for (const field of box.querySelectorAll("[data-column]")) {
    const area = field.getBoundingClientRect();
    if (x >= area.left && x < area.right) return { key: field.dataset.column, minute: begins + (y - area.top) / scale };
  }
  return null;
}

// Letting go after a drag is no click on whatever lies there.
function swallowClick() {
  const swallow = (ev) => ev.stopPropagation();
  window.addEventListener("click", swallow, { capture: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
}

// Follows the pointer from a press on an appointment until it is let go; a short press stays a click.
function useDrag(box, { scale, begins, ends, columns, onDrop }) {
  const [drag, setDrag] = useState(null);
  const now = useRef(null);
  const stop = () => {
    now.current?.release();
    now.current = null;
    setDrag(null);
  };
  const move = (ev) => {
    const { block, grip, from, x, y } = now.current;
    if (!now.current.far && Math.hypot(ev.clientX - x, ev.clientY - y) < FAR) return;
    now.current.far = true;
    ev.preventDefault();
    const shift = rounded((ev.clientY - y) / scale, grip ? STEP : block.step || STEP);
    const length = block.end - block.begin;
    if (grip) {
      const end = within(block.end + shift, block.begin + STEP, ends);
      now.current.to = { column: from, begin: block.begin, end };
    } else {
      const place = placeOf(box.current, ev.clientX, ev.clientY, scale, begins);
      const begin = within(block.begin + shift, begins, Math.max(ends - length, begins));
      now.current.to = { column: place?.key ?? now.current.to?.column ?? from, begin, end: begin + length };
    }
    setDrag({ key: block.key, ...now.current.to });
  };
  const up = () => {
    const { block, from, to, far } = now.current;
    stop();
    if (!far || !to) return;
    swallowClick();
    if (to.column === from && to.begin === block.begin && to.end === block.end) return;
    const column = columns.find((one) => one.key === to.column);
    onDrop?.({
      booking: block.id,
      day: column.day,
      resource: column.resource_id || block.resource_id,
      minute: to.begin,
      minutes: to.end - to.begin,
    });
  };
  const press = (ev, block, from) => {
    if (ev.button !== 0 || ev.pointerType === "touch" || !block.movable || !onDrop) return;
    const key = (press) => press.key === "Escape" && stop();
    const release = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", stop);
      window.removeEventListener("keydown", key);
    };
    const grip = Boolean(ev.target.closest("[data-grip]"));
    now.current = { block, from, grip, x: ev.clientX, y: ev.clientY, far: false, to: null, release };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", stop);
    window.addEventListener("keydown", key);
  };
  useEffect(() => () => now.current?.release(), []);
  return [drag, press];
}

// Up and Down within a column, Left and Right to the nearest appointment of the neighbouring ones.
function neighbour(box, button, key) {
  const fields = [...box.querySelectorAll("[data-column]")];
  const at = fields.indexOf(button.closest("[data-column]"));
  const list = (field) => [...field.querySelectorAll("button[data-begin]")];
  if (key === "ArrowUp" || key === "ArrowDown") {
    const all = list(fields[at]);
    return all[all.indexOf(button) + (key === "ArrowDown" ? 1 : -1)];
  }
  const step = key === "ArrowRight" ? 1 : -1;
  for (let i = at + step; fields[i]; i += step) {
    const far = (one) => Math.abs(Number(one.dataset.begin) - Number(button.dataset.begin));
    const found = list(fields[i]).sort((one, other) => far(one) - far(other))[0];
    if (found) return found;
  }
  return undefined;
}

function Block({ block, words, axis, dragged, onOpen, onPress }) {
  const { scale, begins } = axis;
  const width = 100 / block.slots;
  const place = {
    top: (block.begin - begins) * scale,
    height: Math.max((block.end - block.begin) * scale, TARGET) - 1,
    left: `${block.slot * width}%`,
    width: `${width}%`,
  };
  const css = ["cx-cal__block", `cx-cal__block--${block.colour}`];
  if (!block.usual) css.push("cx-cal__block--odd");
  if (block.overbooked) css.push("cx-cal__block--over");
  if (dragged) css.push("cx-cal__block--dragged");
  return (
    <li className={css.join(" ")} style={place} data-row={block.key}>
      <button
        type="button"
        className="cx-cal__open"
        data-begin={block.begin}
        data-movable={block.movable || undefined}
        aria-haspopup="dialog"
        onClick={() => onOpen?.(block.id)}
        onPointerDown={onPress}
      >
        <span className="cx-cal__line">
          <span className="cx-cal__time">{block.starts}<span className="cx-cal__end">{block.time.slice(5)}</span></span>{" "}
          <strong>{block.who}</strong>{" "}
          {block.overbooked && <><span className="cx-cal__mark">{words.overbooked}</span>{" "}</>}
          {!block.usual && <><span className="cx-cal__mark">{block.state}</span>{" "}</>}
        </span>
        <span className="cx-cal__what">
          {block.usual && <span className="cx-cal__usual">{block.state} · </span>}
          {block.service}
        </span>
        {block.movable && <span className="cx-cal__grip" data-grip aria-hidden="true" />}
      </button>
    </li>
  );
}

function Ghost({ drag, axis }) {
  const { scale, begins } = axis;
  const place = { top: (drag.begin - begins) * scale, height: (drag.end - drag.begin) * scale };
  return <div className="cx-cal__ghost" style={place} aria-hidden="true">{clock(drag.begin)}–{clock(drag.end)}</div>;
}

// The empty time under the pointer, at which a click begins something new; null over an appointment.
function emptyAt(ev, { begins, ends, scale }) {
  if (ev.target.closest("[data-row]")) return null;
  const minute = begins + (ev.clientY - ev.currentTarget.getBoundingClientRect().top) / scale;
  return within(Math.floor(minute / NEW_STEP) * NEW_STEP, begins, ends - NEW_STEP);
}

function Column({ column, words, axis, drag, onOpen, onPress, onEmpty }) {
  const { scale, begins, ends } = axis;
  const [at, setAt] = useState(null);
  const px = (minute) => (within(minute, begins, ends) - begins) * scale;
  const band = (one) => ({ top: px(one.begin), height: px(one.end) - px(one.begin) });
  const id = `cal-${column.key}`;
  return (
    <section className="cx-cal__column" aria-labelledby={id} data-today={column.today || undefined}>
      <h2 className="cx-cal__head" id={id}>
        {column.title}
        {column.today && words.days && <span className="cx-cal__mark">{words.today}</span>}
        {column.note && <span className="cx-cal__note">{column.note}</span>}
      </h2>
      <div
        className="cx-cal__field"
        style={{ height: (ends - begins) * scale, backgroundSize: `100% ${60 * scale}px` }}
        data-column={column.key}
        onPointerMove={(ev) => setAt(ev.pointerType === "touch" ? null : emptyAt(ev, axis))}
        onPointerLeave={() => setAt(null)}
        onClick={(ev) => emptyAt(ev, axis) !== null && onEmpty(column, emptyAt(ev, axis))}
      >
        {column.bands.filter((one) => px(one.end) > px(one.begin)).map((one) => (
          <div key={`${one.kind}-${one.begin}`} className={`cx-cal__band cx-cal__band--${one.kind}`} style={band(one)}>
            <span>{words[one.kind]}</span>
          </div>
        ))}
        {at !== null && !drag && (
          <div className="cx-cal__new" style={{ top: px(at), height: NEW_STEP * scale }} aria-hidden="true">
            {clock(at)} {words.create}
          </div>
        )}
        <ol className="cx-cal__list">
          {column.blocks.map((block) => (
            <Block
              key={block.key}
              block={block}
              words={words}
              axis={axis}
              dragged={drag?.key === block.key}
              onOpen={onOpen}
              onPress={(ev) => onPress(ev, block, column.key)}
            />
          ))}
        </ol>
        {drag?.column === column.key && <Ghost drag={drag} axis={axis} />}
        {column.now >= begins && column.now <= ends && (
          <div className="cx-cal__now" style={{ top: px(column.now) }}>
            <span className="kern-sr-only">{words.now} {clock(column.now)}</span>
          </div>
        )}
      </div>
    </section>
  );
}

export function StaffCalendar({ columns = [], begins, ends, shortest, words, newAt, onOpen, onDrop }) {
  const box = useRef(null);
  const navigate = useNavigate();
  const scale = within(TARGET / (shortest || 30), 1.2, 2.4);
  const axis = { scale, begins, ends };
  const [drag, press] = useDrag(box, { ...axis, columns, onDrop });
  const keys = (ev) => {
    const button = ev.target.closest?.("button[data-begin]");
    if (!button || !["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(ev.key)) return;
    ev.preventDefault();
    neighbour(box.current, button, ev.key)?.focus();
  };
  const empty = (column, minute) => {
    const asked = { [words.askDay]: column.day, [words.askTime]: clock(minute) };
    if (column.resource_id) asked[words.askWith] = column.resource_id;
    navigate(`${newAt}?${new URLSearchParams(asked)}`);
  };
  const hours = [];
  for (let hour = begins; hour < ends; hour += 60) hours.push(hour);
  const now = Math.max(-1, ...columns.map((column) => column.now));
  useEffect(() => {
    if (now > begins && box.current) box.current.scrollTop = (now - begins - 60) * scale;
  }, [columns[0]?.day, columns.length]);
  const widths = columns.map((column) => {
    const beside = Math.max(1, ...column.blocks.map((block) => block.slots));
    return `minmax(${Math.max(words.days ? 8 : 10, beside * 5)}rem, 1fr)`;
  });
  const grid = { gridTemplateColumns: `3.25rem ${widths.join(" ")}` };
  return (
    <div className="cx-cal" tabIndex={0} role="region" aria-label={words.name} ref={box} onKeyDown={keys} data-dragging={drag ? true : undefined}>
      <div className="cx-cal__grid" style={grid}>
        <div className="cx-cal__hours" aria-hidden="true">
          {hours.map((hour) => <span key={hour} style={{ height: 60 * scale }}>{clock(hour)}</span>)}
          {now >= begins && now <= ends && (
            <span className="cx-cal__present" style={{ top: (now - begins) * scale }}>{clock(now)}</span>
          )}
        </div>
        {columns.map((column) => (
          <Column key={column.key} column={column} words={words} axis={axis} drag={drag} onOpen={onOpen} onPress={press} onEmpty={empty} />
        ))}
      </div>
    </div>
  );
}
