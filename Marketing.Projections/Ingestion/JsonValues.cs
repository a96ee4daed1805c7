using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Marketing.Projections.Ingestion;

/// <summary>Reads single values from a <see cref="Utf8JsonReader"/> whose input is known to be UTF-8.</summary>
internal static class JsonValues
{
    private const int MaxNameLength = 64;

    /// <summary>Whether a document is UTF-8, and no name or string in it has an unpaired surrogate.</summary>
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

    /// <summary>Where a text stops being UTF-8, in bytes from 0; -1 when it does not.</summary>
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

    /// <summary>The name of the present property, fit to be quoted in an error.</summary>
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

    /// <summary>The present string or name; null when it is another kind of value or has an unpaired surrogate. Moves to the value's end.</summary>
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
            return null; // The reader has no other way to say that an escape is half a surrogate pair.
        }
    }

    /// <summary>An RFC 3339 time, as UTC and to the millisecond. One without an offset could be any zone's and is refused.</summary>
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

    /// <summary>The same instant in UTC without what is finer than a millisecond: what every store can keep.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>The present object as it came; false when it is no object or goes over a limit. Moves to its end.</summary>
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
