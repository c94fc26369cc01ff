/** The media type of an Excel workbook (.xlsx). */
export const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
