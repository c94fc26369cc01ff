import type { WordTable } from "./word-table.ts";

/** Italian, with the labels of the Microsoft 365 admin center and Entra ID. */
export const italian: WordTable = {
  words: {
    userPrincipalName: [
      ["Nome dell'entità utente", "Nome entità utente", "Nome principale utente"],
      ["Nome utente", "Nome di accesso"],
      [
        "Indirizzo e-mail",
        "Indirizzo di posta elettronica",
        "Posta elettronica",
        "Indirizzo mail",
        "E-mail aziendale",
        "Posta elettronica aziendale",
      ],
      ["Mail aziendale", "E-mail di lavoro"],
      ["Utente", "Account utente", "ID utente", "Utenza"],
    ],
    displayName: [
      ["Nome visualizzato", "Nome completo", "Nome da visualizzare"],
      ["Nome e cognome", "Cognome e nome", "Nominativo", "Nome Cognome", "Cognome Nome"],
      ["Dipendente", "Nome del dipendente"],
    ],
    givenName: [["Nome di battesimo", "Nome proprio"], ["Nomi"]],
    surname: [["Cognome"], ["Cognomi"]],
    jobTitle: [
      ["Posizione", "Qualifica", "Titolo professionale"],
      ["Mansione", "Titolo", "Ruolo professionale"],
    ],
    department: [
      ["Reparto", "Dipartimento"],
      ["Area", "Divisione", "Settore"],
    ],
    companyName: [
      ["Società", "Azienda", "Nome società", "Nome azienda", "Ragione sociale"],
      ["Organizzazione", "Ditta"],
    ],
    officeLocation: [
      ["Ufficio", "Numero ufficio", "Sede ufficio"],
      ["Sede", "Edificio", "Stanza"],
    ],
    streetAddress: [
      ["Indirizzo", "Via", "Indirizzo stradale"],
      ["Via e numero civico", "Indirizzo postale"],
    ],
    city: [["Città"], ["Comune", "Località"]],
    stateOrProvince: [
      ["Provincia", "Stato o provincia"],
      ["Regione", "Stato/Provincia", "Prov"],
    ],
    postalCode: [["CAP", "Codice postale"], ["Codice di avviamento postale"]],
    country: [
      ["Paese", "Paese o area geografica", "Paese/Area geografica", "Paese o regione"],
      ["Nazione"],
      ["Codice paese"],
    ],
    usageLocation: [["Località di utilizzo", "Posizione di utilizzo", "Paese di utilizzo"]],
    businessPhone: [
      ["Telefono ufficio", "Telefono aziendale", "Telefono lavoro", "Telefono dell'ufficio"],
      ["Telefono", "Numero di telefono", "Tel", "Telefono fisso", "Interno"],
    ],
    mobilePhone: [
      ["Cellulare", "Telefono cellulare", "Numero di cellulare", "Cellulare aziendale"],
      ["Telefono mobile", "Cell"],
    ],
    faxNumber: [["Fax", "Numero di fax"]],
    mailNickname: [["Alias di posta", "Alias di posta elettronica"]],
    otherMail: [
      ["Indirizzo di posta elettronica alternativo", "Indirizzo e-mail alternativo", "E-mail alternativa"],
      ["E-mail personale", "Mail personale", "Posta elettronica personale"],
    ],
    accountEnabled: [["Account abilitato", "Abilitato", "Accesso consentito"]],
    signInBlocked: [
      ["Blocca accesso", "Blocca l'accesso", "Bloccare l'accesso", "Blocco accesso", "Accesso bloccato", "Bloccato"],
      ["Account disabilitato", "Disabilitato"],
    ],
    permission: [
      ["Autorizzazione", "Autorizzazioni", "Permesso", "Permessi"],
      ["Ruolo", "Ruoli"],
    ],
    licenses: [
      ["Licenza", "Licenze", "Licenze assegnate"],
      ["Prodotto", "Prodotti"],
    ],
    password: [["Password iniziale", "Password temporanea", "Parola d'ordine", "Nuova password"]],
    domain: [["Dominio", "Nome di dominio"]],
    objectId: [["ID oggetto", "Identificatore oggetto"]],
    customer: [["Cliente", "Nome cliente"]],
    statusUpdate: [["Aggiornamento stato"]],
  },
  names: { fullOrGiven: ["Nome"] },
  ignored: ["Secondo nome", "Sesso", "Data di nascita", "Codice fiscale", "Matricola", "Responsabile", "Note"],
};
