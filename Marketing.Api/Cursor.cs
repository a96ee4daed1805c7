using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Api;

/// <summary>Opaque cursors: a position in a list plus a check over the position and the list name.</summary>
/// <remarks>A cursor that is made up, truncated or from another list is rejected instead of returning an arbitrary page.</remarks>
internal static class Cursor
{
    /// <summary>The error message for an invalid cursor.</summary>
    public const string Rule = "cursor must be the nextCursor of an earlier page of the same list, unchanged, with the same window";

    private const int CheckBytes = 6;

    /// <summary>Treats an empty cursor, which forms and templates send, as none.</summary>
    public static string? OrNone(string? cursor) => string.IsNullOrEmpty(cursor) ? null : cursor;

    /// <summary>Encodes a position in a list as a cursor; null stays null.</summary>
    public static string? Encode(string list, string? position)
    {
        if (position is null)
        {
            return null;
        }

        var bytes = new byte[CheckBytes + Encoding.UTF8.GetByteCount(position)];
        Encoding.UTF8.GetBytes(position, bytes.AsSpan(CheckBytes));
        SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\0{position}")).AsSpan(0, CheckBytes).CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Decodes a cursor of this list, to null when there is none; false when the cursor is invalid.</summary>
    public static bool TryDecode(string list, string? cursor, out string? position)
    {
        position = null;
        if (OrNone(cursor) is not { } given)
        {
            return true;
        }

        if (!Base64Url.IsValid(given, out var length) || length <= CheckBytes)
        {
            return false;
        }

        position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(given).AsSpan(CheckBytes));
        return Encode(list, position) == given;
    }
}
