// Ctrl+K (or Cmd+K) leads to the search from every page of the staff, and into its field.
import { useEffect, useLayoutEffect } from "react";
import { useNavigate } from "react-router";
import "./bookings.css";

let asked = false;

const enter = (field) => {
  const input = document.getElementById(field);
  input?.focus();
  input?.select();
  return Boolean(input);
};

// Listens on every page from the moment it is shown; `to` is the address of the list, `field` the id of its search field.
export function SearchKey({ to, field }) {
  const navigate = useNavigate();
  useLayoutEffect(() => {
    const press = (ev) => {
      if (ev.key.toLowerCase() !== "k" || !(ev.ctrlKey || ev.metaKey) || ev.shiftKey || ev.altKey) return;
      if (document.querySelector("dialog[open]")) return;
      ev.preventDefault();
      if (enter(field)) return;
      asked = true;
      navigate(to);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [to, field, navigate]);
  return null;
}

// Stands beside the field: takes the focus there when it was asked for on another page.
export function SearchArrival({ field }) {
  useEffect(() => {
    if (asked) enter(field);
    asked = false;
  }, [field]);
  return null;
}
