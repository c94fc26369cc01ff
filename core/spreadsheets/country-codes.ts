/** ISO 3166-1 alpha-2: the 249 codes that are officially assigned. */
export const countryCodes = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
  "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
  "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
  "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT " +
  "MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
  "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
  "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
).split(" ");

/** Names that people write and `Intl` does not know, by code. */
export const countryAliases: Record<string, string> = {
  USA: "US",
  "U.S.A.": "US",
  "U.S.": "US",
  "United States of America": "US",
  America: "US",
  UK: "GB",
  "Great Britain": "GB",
  England: "GB",
  Scotland: "GB",
  Wales: "GB",
  "Northern Ireland": "GB",
  Britain: "GB",
  "Czech Republic": "CZ",
  Holland: "NL",
  "The Netherlands": "NL",
  "South Korea": "KR",
  "Korea, Republic of": "KR",
  "Republic of Korea": "KR",
  Russia: "RU",
  "Russian Federation": "RU",
  "Viet Nam": "VN",
  Turkey: "TR",
  Macedonia: "MK",
  UAE: "AE",
  "Ivory Coast": "CI",
  "Cape Verde": "CV",
  Burma: "MM",
  Swaziland: "SZ",
  "East Timor": "TL",
  "Hong Kong": "HK",
  Macau: "MO",
  Macao: "MO",
  Palestine: "PS",
  "Vatican City": "VA",
  "People's Republic of China": "CN",
  "Republic of Ireland": "IE",
  "Iran, Islamic Republic of": "IR",
  "Moldova, Republic of": "MD",
  "Taiwan, Province of China": "TW",
  "Tanzania, United Republic of": "TZ",
  "Bolivia, Plurinational State of": "BO",
  "Venezuela, Bolivarian Republic of": "VE",
  "Congo, Democratic Republic of the": "CD",
  BRD: "DE",
};
