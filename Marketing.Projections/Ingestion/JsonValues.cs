using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Marketing.Projections.Ingestion;

/// <summary>Reads single values from a <see cref="Utf8JsonReader"/> over input known to be UTF-8.</summary>
internal static class JsonValues
{
    private const int MaxNameLength = 64;

    /// <summary>Whether a document is UTF-8 and has no unpaired surrogate in a name or string.</summary>
    /// <exception cref="JsonException">It is not valid JSON.</exception>
    public static bool IsSound(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        var sound = true;
        while (reader.Read())
        {
            sound &= !reader.ValueIsEscaped || StringOrNull(ref reader) is not null;
        }

        return sound;
    }

    /// <summary>Returns the offset in bytes of the first invalid UTF-8, or -1 if there is none.</summary>
    public static int IndexOfInvalidUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return -1;
        }

        var index = 0;
        while (Rune.DecodeFromUtf8(text[index..], out _, out var length) == OperationStatus.Done)
        {
            index += length;
        }

        return index;
    }

    /// <summary>Returns the current property name in a form that is safe to quote in an error.</summary>
    public static string Name(ref Utf8JsonReader reader)
    {
        var name = StringOrNull(ref reader) ?? "?";
        if (name.Length <= MaxNameLength)
        {
            return name;
        }

        var length = char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength;
        return string.Concat(name.AsSpan(0, length), "…");
    }

    /// <summary>
    /// Reads the current string or name; null if it is another kind of value or has an unpaired surrogate. Moves to the value's end.
    /// </summary>
    public static string? StringOrNull(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            reader.Skip();
            return null;
        }

        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // The reader has no other way to report an escaped unpaired surrogate.
        }
    }

    /// <summary>Reads an RFC 3339 time as UTC, to the millisecond; rejects one without an offset, because its zone is unknown.</summary>
    public static bool TryGetInstant(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        var text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(StringOrNull(ref reader) ?? "") : reader.ValueSpan;
        if (!Rfc3339.TryParse(text, out var parsed))
        {
            return false;
        }

        instant = ToMilliseconds(parsed);
        return true;
    }

    /// <summary>Converts to UTC and truncates to milliseconds, the precision every store supports.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>Returns the current object unchanged; false if it is not an object or exceeds a limit. Moves to its end.</summary>
    public static bool TryReadObject(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        int maxBytes,
        int maxDepth,
        [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var start = (int)reader.TokenStartIndex;
        var outside = reader.CurrentDepth;
        var valid = true;
        while (reader.Read() && reader.CurrentDepth > outside)
        {
            valid &= reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)
                || reader.CurrentDepth - outside < maxDepth;
            valid &= !reader.ValueIsEscaped || StringOrNull(ref reader) is not null;
        }

        var bytes = json[start..(int)reader.BytesConsumed];
        if (!valid || bytes.Length > maxBytes)
        {
            return false;
        }

        value = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
