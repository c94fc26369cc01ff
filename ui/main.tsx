import "./page.css";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";

const place = document.getElementById("root");
if (place !== null) createRoot(place).render(<App />);
