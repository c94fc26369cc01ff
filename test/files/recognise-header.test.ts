import { describe, expect, test } from "vitest";
import { specialFields, textFields, type FieldName } from "../../contract/fields.ts";
import { holdsSecrets, recogniseHeader } from "../../files/header/recognise-header.ts";
import { wordTables } from "../../files/header/header-words.ts";
import { foldWords } from "../../files/text/fold-words.ts";

describe("spelling", () => {
  test.each([
    ["First name", "givenName"],
    ["FIRST_NAME", "givenName"],
    ["first-name", "givenName"],
    ["FirstName", "givenName"],
    ["  Prénom ", "givenName"],
    ["PRENOM", "givenName"],
    ["First name [givenName]", "givenName"],
    ["First Name [Required]", "givenName"],
    ["First name *", "givenName"],
    ["Vorname:", "givenName"],
    ["User name [userPrincipalName] Required", "userPrincipalName"],
    ["User logon name (pre-Windows 2000)", "userPrincipalName"],
    ["sAMAccountName", "userPrincipalName"],
    ["login", "userPrincipalName"],
    ["E-Mail", "userPrincipalName"],
    ["Mot de passe", "password"],
    ["KENNWORT", "password"],
    ["Initial password [passwordProfile] Required", "password"],
    ["Block sign in (Yes/No) [accountEnabled] Required", "signInBlocked"],
    ["Straße", "streetAddress"],
    ["STRASSE", "streetAddress"],
    ["Location", "usageLocation"],
    ["state", "stateOrProvince"],
    ["Muster row", "musterRow"],
    ["Tenant ID", "customer"],
    ["Kundenname", "customer"],
    ["Nom du client", "customer"],
    ["Shoe size", null],
    ["", null],
    ["DistinguishedName", null],
    ["OU", null],
    ["[]", null],
  ] as const)("%j stands for %s", (label, field) => {
    expect(recogniseHeader([label])).toEqual([field]);
  });

  test("every field's own name and label is known", () => {
    for (const [field, { label }] of Object.entries({ ...textFields, ...specialFields })) {
      expect(recogniseHeader([field])).toEqual([field]);
      expect(recogniseHeader([label])).toEqual([field]);
    }
  });

  test.each(Object.entries(wordTables))("no word of %s stands twice in its table", (_, table) => {
    const words = [
      ...Object.values(table.words).flat(2),
      ...Object.values(table.names ?? {}).flat(),
      ...(table.ignored ?? []),
    ].map(foldWords);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    expect(words).not.toContain("");
  });
});

describe("languages", () => {
  const fields = ["givenName", "surname", "displayName", "userPrincipalName", "jobTitle", "department"] as const;
  const more = ["businessPhone", "mobilePhone", "streetAddress", "city", "postalCode", "country", "password"] as const;

  test.each([
    ["Vorname,Nachname,Anzeigename,Benutzername,Position,Abteilung", "Telefon,Handy,Straße,Ort,PLZ,Land,Kennwort"],
    [
      "Prénom,Nom,Nom complet,Nom d’utilisateur,Fonction,Service",
      "Téléphone,Portable,Adresse,Ville,Code postal,Pays,Mot de passe",
    ],
    [
      "Nombre,Apellidos,Nombre para mostrar,Nombre de usuario,Puesto,Departamento",
      "Teléfono,Móvil,Dirección,Ciudad,Código postal,País,Contraseña",
    ],
    [
      "Nome,Sobrenome,Nome para exibição,Nome de usuário,Cargo,Departamento",
      "Telefone,Celular,Endereço,Cidade,CEP,País,Senha",
    ],
    [
      "Nome próprio,Apelido,Nome a apresentar,Nome de utilizador,Função,Departamento",
      "Telefone,Telemóvel,Morada,Localidade,Código postal,País,Palavra-passe",
    ],
    [
      "Nome,Cognome,Nome visualizzato,Nome utente,Qualifica,Reparto",
      "Telefono,Cellulare,Indirizzo,Città,CAP,Paese,Password",
    ],
    [
      "Voornaam,Achternaam,Weergavenaam,Gebruikersnaam,Functie,Afdeling",
      "Telefoon,Mobiel,Adres,Plaats,Postcode,Land,Wachtwoord",
    ],
    ["Fornavn,Efternavn,Vist navn,Brugernavn,Stilling,Afdeling", "Telefon,Mobil,Adresse,By,Postnr.,Land,Adgangskode"],
    [
      "Fornavn,Etternavn,Visningsnavn,Brukernavn,Stilling,Avdeling",
      "Telefon,Mobil,Adresse,Poststed,Postnummer,Land,Passord",
    ],
    [
      "Förnamn,Efternamn,Visningsnamn,Användarnamn,Befattning,Avdelning",
      "Telefon,Mobil,Gatuadress,Ort,Postnummer,Land,Lösenord",
    ],
    [
      "Etunimi,Sukunimi,Näyttönimi,Käyttäjänimi,Tehtävänimike,Osasto",
      "Puhelin,Matkapuhelin,Katuosoite,Kaupunki,Postinumero,Maa,Salasana",
    ],
    [
      "Imię,Nazwisko,Nazwa wyświetlana,Nazwa użytkownika,Stanowisko,Dział",
      "Telefon,Telefon komórkowy,Ulica,Miasto,Kod pocztowy,Kraj,Hasło",
    ],
    ["Ad,Soyad,Görünen ad,Kullanıcı adı,Unvan,Departman", "Telefon,Cep telefonu,Adres,Şehir,Posta kodu,Ülke,Şifre"],
    [
      "Tên,Họ,Tên hiển thị,Tên đăng nhập,Chức danh,Phòng ban",
      "Điện thoại,Di động,Địa chỉ,Thành phố,Mã bưu chính,Quốc gia,Mật khẩu",
    ],
    ["名,姓,显示名称,用户名,职务,部门", "电话,手机,街道地址,城市,邮政编码,国家/地区,密码"],
    ["名字,姓氏,顯示名稱,使用者名稱,職稱,部門", "電話,手機,地址,城市,郵遞區號,國家/地區,密碼"],
    ["名,姓,表示名,ユーザー名,役職,部署", "電話番号,携帯電話,番地,市区町村,郵便番号,国,パスワード"],
  ])("%s,%s", (one, other) => {
    for (const header of [`${one},${other}`, `${one},${other}`.toUpperCase(), `${one},${other}`.normalize("NFD")]) {
      expect(recogniseHeader(header.split(","))).toEqual([...fields, ...more]);
    }
  });

  test("half-width katakana are the same words, and voiced ones are others", () => {
    expect(recogniseHeader(["ﾊﾟｽﾜｰﾄﾞ"])).toEqual(["password"]);
    expect(recogniseHeader(["ハスワート"])).toEqual([null]);
  });

  test("a label in two languages is one word, and a label of two things is none", () => {
    expect(recogniseHeader(["Vorname / First name", "氏名（Name）", "City / Ville"])).toEqual([
      "givenName",
      "displayName",
      "city",
    ]);
    expect(recogniseHeader(["PLZ / Ort"])).toEqual([null]);
  });
});

describe("words that the columns beside them decide", () => {
  test.each<[string, (FieldName | null)[]]>([
    ["Location,Email,Display name", ["usageLocation", "userPrincipalName", "displayName"]],
    ["Location,Work Email,Hire Date,Supervisor", ["officeLocation", "userPrincipalName", null, null]],
    ["nickName,login,honorificPrefix,secondEmail", [null, "userPrincipalName", null, "otherMail"]],
    ["Nickname,User name", ["mailNickname", "userPrincipalName"]],
    ["名字,邮箱", ["givenName", "userPrincipalName"]],
    ["名字,メールアドレス,部署", ["surname", "userPrincipalName", "department"]],
    ["Ad,Soyad", ["givenName", "surname"]],
    ["AD,Employee", [null, "displayName"]],
    [
      "sAMAccountName,cn,sn,l,st,c,co",
      ["userPrincipalName", "displayName", "surname", "city", "stateOrProvince", "country", null],
    ],
    ["Nom,Courriel", ["displayName", "userPrincipalName"]],
    ["Nom,Prénom,Courriel", ["surname", "givenName", "userPrincipalName"]],
    ["Nombre,Correo", ["displayName", "userPrincipalName"]],
    ["Nombre,Apellidos,Correo", ["givenName", "surname", "userPrincipalName"]],
    ["Voornaam,Naam", ["givenName", "surname"]],
    ["Navn,E-mail", ["displayName", "userPrincipalName"]],
    ["CEP,Cidade", ["postalCode", "city"]],
    ["Cep,E-posta,Soyad", ["mobilePhone", "userPrincipalName", "surname"]],
  ])("%s", (header, columns) => {
    expect(recogniseHeader(header.split(","))).toEqual(columns);
  });
});

describe("programs", () => {
  test.each<[string, string, (FieldName | null)[]]>([
    [
      "Active Directory",
      "DistinguishedName,Enabled,GivenName,Name,ObjectGUID,SamAccountName,Surname,UserPrincipalName,EmailAddress,Title,Office,OU",
      [
        null,
        "accountEnabled",
        "givenName",
        "displayName",
        null,
        null,
        "surname",
        "userPrincipalName",
        null,
        "jobTitle",
        "officeLocation",
        null,
      ],
    ],
    [
      "Okta",
      "login,firstName,lastName,middleName,email,title,displayName,nickName,secondEmail,mobilePhone,primaryPhone,streetAddress,city,state,zipCode,countryCode,userType,organization,department",
      [
        null,
        "givenName",
        "surname",
        null,
        "userPrincipalName",
        "jobTitle",
        "displayName",
        null,
        "otherMail",
        "mobilePhone",
        "businessPhone",
        "streetAddress",
        "city",
        "stateOrProvince",
        "postalCode",
        "country",
        null,
        "companyName",
        "department",
      ],
    ],
    [
      "CIPP",
      "givenName,surName,displayName,mailNickName,domain,JobTitle,streetAddress,PostalCode,City,State,Department,MobilePhone,businessPhones",
      [
        "givenName",
        "surname",
        "displayName",
        "mailNickname",
        "domain",
        "jobTitle",
        "streetAddress",
        "postalCode",
        "city",
        "stateOrProvince",
        "department",
        "mobilePhone",
        "businessPhone",
      ],
    ],
    [
      "Workday",
      "Employee ID,Legal First Name,Legal Last Name,Business Title,Supervisory Organization,Location,Primary Work Email,Work Country,Hire Date",
      [null, "givenName", "surname", "jobTitle", "department", "officeLocation", "userPrincipalName", "country", null],
    ],
    [
      "SAP SuccessFactors",
      "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MI,GENDER,EMAIL,MANAGER,DEPARTMENT,JOBCODE,LOCATION,TITLE,BIZ_PHONE,ADDR1,CITY,ZIP,COUNTRY",
      [
        null,
        null,
        "userPrincipalName",
        "givenName",
        "surname",
        null,
        null,
        null,
        null,
        "department",
        null,
        "officeLocation",
        "jobTitle",
        "businessPhone",
        "streetAddress",
        "city",
        "postalCode",
        "country",
      ],
    ],
    [
      "SAP HCM",
      "PERNR,VORNA,NACHN,ORGTX,STRAS,PSTLZ,ORT01,LAND1,USRID_LONG",
      [
        null,
        "givenName",
        "surname",
        "department",
        "streetAddress",
        "postalCode",
        "city",
        "country",
        "userPrincipalName",
      ],
    ],
  ])("%s", (_, header, columns) => {
    expect(recogniseHeader(header.split(","))).toEqual(columns);
  });
});

describe("several columns for one field", () => {
  test.each<[string[], (FieldName | null)[]]>([
    [
      ["login", "email", "User name"],
      [null, null, "userPrincipalName"],
    ],
    [
      ["mail", "userPrincipalName"],
      [null, "userPrincipalName"],
    ],
    [
      ["Vorname", "Name"],
      ["givenName", "surname"],
    ],
    [
      ["Name", "Vorname", "Nachname"],
      ["displayName", "givenName", "surname"],
    ],
    [
      ["Name", "Email"],
      ["displayName", "userPrincipalName"],
    ],
    [
      ["Title", "Job title"],
      [null, "jobTitle"],
    ],
  ])("%j is %j", (header, columns) => {
    expect(recogniseHeader(header)).toEqual(columns);
  });
});

test.each([
  ["Confirm password", true],
  ["Passwort wiederholen", true],
  ["Old_Pwd", true],
  ["Contraseña", true],
  ["密码", true],
  ["Password never expires", false],
  ["Change Password at Next Sign-In", false],
  ["Password [Required]", true],
  ["PasswordLastSet", false],
  ["Passwort ändern", false],
  ["Wachtwoord (bevestigen)", true],
  ["仮パスワード（確認）", true],
  ["パスワードの期限", false],
  ["Nhập lại mật khẩu", true],
  ["Name", false],
])("whether %s holds passwords: %s", (label, secret) => {
  expect(holdsSecrets(label)).toBe(secret);
});
