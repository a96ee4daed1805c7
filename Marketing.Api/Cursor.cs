using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Api;

/// <summary>
/// Opaque cursors: a position in one list, and a check of both, so that what was made up, cut off or taken from another list is
/// refused and does not lead to some page of this one.
/// </summary>
internal static class Cursor
{
    /// <summary>What is said of a cursor that is not ours.</summary>
    public const string Rule = "cursor must be the nextCursor of an earlier page of the same list, unchanged, with the same window";

    private const int CheckBytes = 6;

    /// <summary>An empty cursor, as a form or a template sends it, is none.</summary>
    public static string? OrNone(string? cursor) => string.IsNullOrEmpty(cursor) ? null : cursor;

    /// <summary>A cursor that stands for a position in a list; null for none.</summary>
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

    /// <summary>The position that a cursor of this list stands for, null when there is no cursor; false when it is not ours.</summary>
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
