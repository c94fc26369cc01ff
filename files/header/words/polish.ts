import type { WordTable } from "./word-table.ts";

/** Polish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const polish: WordTable = {
  words: {
    userPrincipalName: [
      ["Główna nazwa użytkownika", "Nazwa główna użytkownika"],
      ["Nazwa użytkownika", "Nazwa logowania"],
      ["Adres e-mail", "Adres poczty e-mail", "Poczta elektroniczna", "E-mail służbowy", "Adres mailowy", "Poczta"],
      ["Adres e-mail służbowy", "Mail służbowy"],
      ["Użytkownik", "Konto", "Nazwa konta", "Identyfikator użytkownika", "Konto użytkownika"],
    ],
    displayName: [
      ["Nazwa wyświetlana", "Pełna nazwa", "Wyświetlana nazwa"],
      ["Imię i nazwisko", "Nazwisko i imię", "Imię Nazwisko", "Nazwisko Imię"],
      ["Pracownik", "Nazwa pracownika"],
    ],
    givenName: [["Imię"], ["Imiona", "Pierwsze imię"]],
    surname: [["Nazwisko"], ["Nazwiska"]],
    jobTitle: [
      ["Stanowisko", "Nazwa stanowiska"],
      ["Tytuł", "Funkcja", "Zawód"],
    ],
    department: [
      ["Dział", "Nazwa działu"],
      ["Wydział", "Departament", "Zespół"],
    ],
    companyName: [
      ["Firma", "Nazwa firmy"],
      ["Organizacja", "Spółka", "Przedsiębiorstwo"],
    ],
    officeLocation: [
      ["Biuro", "Numer biura", "Lokalizacja biura"],
      ["Budynek", "Pokój", "Oddział"],
    ],
    streetAddress: [
      ["Ulica", "Adres", "Ulica i numer"],
      ["Adres pocztowy", "Adres ulicy"],
    ],
    city: [["Miasto", "Miejscowość"], ["Gmina"]],
    stateOrProvince: [
      ["Województwo", "Województwo lub prowincja", "Stan lub prowincja"],
      ["Region", "Powiat"],
    ],
    postalCode: [["Kod pocztowy"]],
    country: [["Kraj", "Kraj lub region", "Kraj/region"], ["Państwo"], ["Kod kraju"]],
    usageLocation: [["Lokalizacja użytkowania", "Miejsce użytkowania", "Lokalizacja użycia"]],
    businessPhone: [
      ["Telefon służbowy", "Telefon w pracy", "Telefon biurowy", "Telefon do pracy"],
      ["Telefon", "Numer telefonu", "Tel", "Telefon stacjonarny", "Nr telefonu"],
    ],
    mobilePhone: [
      ["Telefon komórkowy", "Komórka", "Numer telefonu komórkowego"],
      ["Tel. komórkowy", "Telefon kom."],
    ],
    faxNumber: [["Faks", "Numer faksu"]],
    mailNickname: [["Alias poczty", "Alias e-mail"]],
    otherMail: [
      ["Alternatywny adres e-mail", "Alternatywny e-mail", "Inny adres e-mail"],
      ["Prywatny e-mail", "E-mail prywatny"],
    ],
    accountEnabled: [["Konto włączone", "Włączone", "Logowanie dozwolone"]],
    signInBlocked: [
      ["Zablokuj logowanie", "Blokuj logowanie", "Blokowanie logowania", "Blokada logowania", "Zablokowany"],
      ["Wyłączone", "Konto wyłączone"],
    ],
    permission: [
      ["Uprawnienie", "Uprawnienia"],
      ["Rola", "Role"],
    ],
    licenses: [
      ["Licencja", "Licencje", "Przypisane licencje"],
      ["Produkt", "Produkty"],
    ],
    password: [["Hasło", "Hasło początkowe", "Hasło tymczasowe", "Nowe hasło"]],
    domain: [["Domena", "Nazwa domeny"]],
    objectId: [["Identyfikator obiektu"]],
    customer: [["Klient", "Nazwa klienta"]],
    statusUpdate: [["Aktualizacja stanu"]],
  },
  ignored: ["Drugie imię", "Płeć", "Data urodzenia", "PESEL", "Numer pracownika", "Przełożony", "Uwagi"],
};
