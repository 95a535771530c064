// What the page says when something cannot be done, and names of days.

const failures = {
  backwards: "Chưa đặt ngày giờ. Đồng hồ chỉ đi tới; để trở về ngày trước, chọn “Bắt đầu lại”.",
  bad_time: "Chưa đặt ngày giờ. Cần ngày và giờ trước năm 2101, ví dụ 15/03/2024 08:00.",
  no_button: "Chưa thực hiện. Nút này không còn dưới tin nhắn; dùng tin mới hơn.",
  running: "Chưa thực hiện. Thời gian đang trôi; chờ đến ngày đã chọn hoặc bấm “Dừng”.",
  no_reminder: "Không có lần nhắc nào trong 90 ngày tới.",
  no_message: "Chưa thực hiện. Tin nhắn này không còn; dùng tin khác.",
  not_member: "Chưa gửi. Người được chọn không có trong cuộc trò chuyện này; chọn người khác.",
  not_allowed: "Chưa gửi. Tin nhắn chưa có nội dung; soạn nội dung rồi gửi lại.",
  bad_link: "Chưa mở. Liên kết này không dẫn đến bot; dùng liên kết trong tin của bot.",
  no_chat: "Chưa thực hiện. Cuộc trò chuyện này không còn; chọn cuộc khác trong danh sách.",
  no_user: "Chưa thực hiện. Không có người này; chọn người khác.",
  other_round: "Chưa thực hiện. Phiên dùng thử đã bắt đầu lại; gửi lại trong phiên mới.",
  unreadable: "Chưa gửi. Nội dung quá lớn hoặc không đọc được; gửi nội dung ngắn hơn.",
  offline: "Mất kết nối với chương trình; trang tự kết nối lại khi chương trình chạy.",
};

export function failure(code) {
  return failures[code] ?? "Chưa thực hiện được do lỗi hệ thống.";
}

const weekdays = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

// Times come as RFC 3339 in the plan's time zone and are shown as they stand
// there, wherever the browser is.
export const time = (at) => at.slice(11, 16);

export const date = (at) => `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`;

export function day(at) {
  const weekday = new Date(`${at.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return `${weekdays[weekday]}, ${date(at)}`;
}

const shortWeekdays = ["CN", "T2", "T3", "T4", "T5", "T6", "T7"];

export const weekday = (at) => shortWeekdays[new Date(`${at.slice(0, 10)}T00:00:00Z`).getUTCDay()];

const windows = { Q1: "Quý I", Q2: "6 tháng", Q3: "Quý III", Q4: "Năm" };

// windowName is what people call the window of a period such as 2024-Q1.
export const windowName = (period) => windows[period.slice(-2)] ?? period;

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}
