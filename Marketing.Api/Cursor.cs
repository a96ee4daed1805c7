using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Marketing.Api;

/// <summary>Opaque cursors of lists that are paged here and not in a store.</summary>
internal static class Cursor
{
    /// <summary>An empty cursor, as a form or a template sends it, is none.</summary>
    public static string? OrNone(string? cursor) => string.IsNullOrEmpty(cursor) ? null : cursor;

    /// <summary>What is said of a cursor that is not ours.</summary>
    public const string Rule = "cursor must be the nextCursor of an earlier page, unchanged";

    /// <summary>A cursor that stands for this text.</summary>
    public static string Encode(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>The text of a cursor; false when it is not ours.</summary>
    public static bool TryDecode(string cursor, out string position)
    {
        position = "";
        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return position.Length > 0;
    }

    /// <summary>The number of a cursor; 0 for none, false when it is not ours.</summary>
    public static bool TryDecodeNumber(string? cursor, out int number)
    {
        number = 0;
        return string.IsNullOrEmpty(cursor) || (TryDecode(cursor, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number));
    }

    /// <summary>A cursor that stands for this number.</summary>
    public static string Encode(int number) => Encode(number.ToString(CultureInfo.InvariantCulture));
}
