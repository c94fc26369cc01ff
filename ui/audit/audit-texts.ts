/** The words of the audit. */
export const auditTexts = {
  audit: {
    at: "When",
    by: "By",
    operation: "What",
    status: "Result",
    csv: "Download as CSV",
    empty: "Nothing was done yet",
    emptyLead: "Each step that changed a user leaves a record here, and so does each act worth answering for.",
  },
} as const;
