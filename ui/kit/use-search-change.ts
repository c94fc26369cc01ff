import { useNavigate } from "@tanstack/react-router";

/** Changes some of what stands behind the `?` of this page's address, in place; undefined takes a value out. */
export function useSearchChange(): (part: Record<string, unknown>) => void {
  const navigate = useNavigate();
  return (part) =>
    void navigate({
      to: ".",
      search: ((now: Record<string, unknown>) => ({ ...now, ...part })) as never,
      replace: true,
      resetScroll: false,
    });
}
