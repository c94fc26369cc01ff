import type { WordTable } from "./word-table.ts";

/** Spanish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const spanish: WordTable = {
  words: {
    userPrincipalName: [
      ["Nombre principal de usuario", "Nombre principal del usuario"],
      ["Nombre de usuario", "Nombre de inicio de sesión"],
      [
        "Correo electrónico",
        "Dirección de correo electrónico",
        "Dirección de correo",
        "Correo corporativo",
        "Correo",
        "Correo electrónico de trabajo",
        "E-mail corporativo",
      ],
      ["Correo de trabajo", "Correo laboral", "Correo institucional"],
      ["Usuario", "Cuenta", "Inicio de sesión", "Identificador de usuario", "ID de usuario", "Cuenta de usuario"],
    ],
    displayName: [
      ["Nombre para mostrar", "Nombre completo", "Nombre mostrado"],
      ["Nombre y apellidos", "Nombre y apellido", "Apellidos y nombre", "Apellidos, nombre", "Nombres y apellidos"],
      ["Empleado", "Nombre del empleado", "Trabajador"],
    ],
    givenName: [["Nombre de pila", "Primer nombre"], ["Nombres"]],
    surname: [
      ["Apellidos", "Apellido"],
      ["Primer apellido", "Apellido paterno"],
    ],
    jobTitle: [
      ["Puesto", "Puesto de trabajo", "Cargo"],
      ["Título", "Ocupación", "Función"],
    ],
    department: [["Departamento"], ["Área", "Sección", "Equipo"]],
    companyName: [["Empresa", "Nombre de la empresa", "Compañía", "Nombre de la compañía"], ["Organización"]],
    officeLocation: [
      ["Oficina", "Número de oficina", "Despacho"],
      ["Sede", "Edificio", "Centro de trabajo"],
    ],
    streetAddress: [
      ["Dirección", "Calle", "Domicilio"],
      ["Dirección postal", "Dirección 1"],
    ],
    city: [
      ["Ciudad", "Población"],
      ["Localidad", "Municipio"],
    ],
    stateOrProvince: [
      ["Estado o provincia", "Provincia", "Comunidad autónoma"],
      ["Estado/Provincia", "Región", "Estado"],
    ],
    postalCode: [["Código postal", "C.P.", "Cód. postal"]],
    country: [["País", "País o región", "País/Región"], [], ["Código de país", "Código del país"]],
    usageLocation: [["Ubicación de uso", "Lugar de uso"], ["Ubicación"]],
    businessPhone: [
      [
        "Teléfono del trabajo",
        "Teléfono de la oficina",
        "Teléfono de oficina",
        "Teléfono profesional",
        "Teléfono laboral",
        "Teléfono trabajo",
      ],
      ["Teléfono", "Número de teléfono", "Tel", "Teléfono fijo", "Fijo", "Tfno"],
    ],
    mobilePhone: [
      ["Teléfono móvil", "Móvil", "Número de móvil"],
      ["Celular", "Teléfono celular", "Número de celular"],
    ],
    faxNumber: [["Fax", "Número de fax", "Telefax"]],
    mailNickname: [["Alias de correo", "Alias de correo electrónico"]],
    otherMail: [
      [
        "Dirección de correo alternativa",
        "Dirección de correo electrónico alternativa",
        "Correo electrónico alternativo",
        "Correo alternativo",
      ],
      ["Correo personal", "Correo electrónico personal"],
    ],
    accountEnabled: [["Cuenta habilitada", "Habilitado", "Activado", "Cuenta activada"]],
    signInBlocked: [
      ["Bloquear inicio de sesión", "Bloquear el inicio de sesión", "Inicio de sesión bloqueado", "Bloqueado"],
      ["Deshabilitado"],
    ],
    permission: [
      ["Permiso", "Permisos", "Rol de directorio"],
      ["Rol", "Roles"],
    ],
    licenses: [
      ["Licencia", "Licencias", "Licencias asignadas"],
      ["Producto", "Productos", "Suscripción"],
    ],
    password: [["Contraseña", "Contraseña inicial", "Contraseña temporal", "Nueva contraseña", "Clave"]],
    domain: [["Dominio", "Nombre de dominio"]],
    objectId: [["Id. de objeto", "Identificador de objeto"]],
    customer: [["Cliente", "Nombre del cliente"]],
    statusUpdate: [["Actualización de estado"]],
  },
  names: { fullOrGiven: ["Nombre"] },
  ignored: [
    "Segundo apellido",
    "Apellido materno",
    "Sexo",
    "Fecha de nacimiento",
    "DNI",
    "Responsable",
    "Observaciones",
  ],
};
