import { h } from "./dom";

const NAMES = { system: "System", light: "Light", dark: "Dark" } as const;
type Theme = keyof typeof NAMES;
const KEY = "strongroom-theme";

/** Light, dark, or as the system has it; remembered where the browser lets a page remember. */
export function themeSwitch(): HTMLElement {
  let theme = remembered();
  const button = h("button", { type: "button", class: "quiet theme" });
  const apply = (): void => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${NAMES[theme]}`;
  };
  button.addEventListener("click", () => {
    const order = Object.keys(NAMES) as Theme[];
    theme = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
    remember(theme);
    apply();
  });
  apply();
  return button;
}

function remembered(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A page from a file may not be allowed to; it is set for as long as it is open.
  }
}
