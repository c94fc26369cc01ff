import "./page.css";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { keepFocus } from "./kit/keep-focus.ts";

const place = document.getElementById("root");
// Before the library, which would give the focus to the button of whatever was opened last.
keepFocus(document);
if (place !== null) createRoot(place).render(<App />);
