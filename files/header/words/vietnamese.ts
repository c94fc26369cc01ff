import type { WordTable } from "./word-table.ts";

/** Vietnamese, with the labels of the Microsoft 365 admin center and Entra ID. */
export const vietnamese: WordTable = {
  words: {
    userPrincipalName: [
      ["Tên người dùng chính", "Tên chính của người dùng"],
      ["Tên người dùng", "Tên đăng nhập", "Tên truy cập"],
      ["Địa chỉ email", "Thư điện tử", "Email công ty", "Địa chỉ thư điện tử", "Email công việc", "Hộp thư"],
      ["Email cơ quan", "Địa chỉ mail"],
      ["Tài khoản", "Tên tài khoản", "Người dùng", "Mã người dùng"],
    ],
    displayName: [
      ["Họ và tên", "Họ tên", "Tên hiển thị", "Tên đầy đủ"],
      ["Họ tên nhân viên", "Họ và tên nhân viên"],
      ["Nhân viên", "Tên nhân viên"],
    ],
    givenName: [["Tên", "Tên gọi"], ["Tên riêng"]],
    surname: [
      ["Họ", "Họ và tên đệm", "Họ và đệm"],
      ["Họ đệm", "Họ lót", "Họ và chữ lót"],
    ],
    jobTitle: [
      ["Chức danh", "Chức vụ"],
      ["Vị trí", "Vị trí công việc", "Công việc"],
    ],
    department: [
      ["Phòng ban", "Bộ phận"],
      ["Phòng", "Ban", "Khoa", "Đơn vị"],
    ],
    companyName: [
      ["Công ty", "Tên công ty"],
      ["Tổ chức", "Cơ quan"],
    ],
    officeLocation: [
      ["Văn phòng", "Vị trí văn phòng", "Số văn phòng"],
      ["Tòa nhà", "Chi nhánh"],
    ],
    streetAddress: [
      ["Địa chỉ", "Địa chỉ đường phố"],
      ["Đường", "Số nhà", "Địa chỉ liên hệ"],
    ],
    city: [["Thành phố"], ["Quận huyện"]],
    stateOrProvince: [
      ["Tỉnh", "Tiểu bang hoặc tỉnh", "Tỉnh thành", "Tỉnh/Thành phố"],
      ["Bang", "Vùng", "Khu vực"],
    ],
    postalCode: [["Mã bưu chính", "Mã bưu điện"], ["Mã zip"]],
    country: [["Quốc gia", "Quốc gia hoặc khu vực", "Quốc gia/Khu vực"], ["Nước"], ["Mã quốc gia"]],
    usageLocation: [["Vị trí sử dụng", "Địa điểm sử dụng"]],
    businessPhone: [
      ["Điện thoại cơ quan", "Điện thoại văn phòng", "Điện thoại công ty"],
      ["Điện thoại", "Số điện thoại", "SĐT", "Điện thoại bàn", "ĐT"],
    ],
    mobilePhone: [
      ["Điện thoại di động", "Di động", "Số di động"],
      ["Số điện thoại di động", "ĐTDĐ"],
    ],
    faxNumber: [["Số fax", "Fax"]],
    mailNickname: [["Bí danh email", "Bí danh thư"]],
    otherMail: [["Địa chỉ email thay thế", "Email thay thế", "Email khác"], ["Email cá nhân"]],
    accountEnabled: [["Đã bật tài khoản", "Tài khoản được bật", "Kích hoạt"]],
    signInBlocked: [["Chặn đăng nhập", "Chặn việc đăng nhập", "Bị chặn"], ["Đã tắt tài khoản"]],
    permission: [["Quyền", "Quyền hạn"], ["Vai trò"]],
    licenses: [["Giấy phép", "Bản quyền", "Giấy phép được gán"], ["Sản phẩm"]],
    password: [["Mật khẩu", "Mật khẩu ban đầu", "Mật khẩu tạm thời", "Mật khẩu mới"]],
    domain: [["Tên miền", "Miền"]],
    objectId: [["ID đối tượng"]],
    statusUpdate: [["Cập nhật trạng thái"]],
  },
  ignored: ["STT", "Tên đệm", "Giới tính", "Ngày sinh", "Mã nhân viên", "Quản lý", "Ghi chú", "Trạng thái"],
};
