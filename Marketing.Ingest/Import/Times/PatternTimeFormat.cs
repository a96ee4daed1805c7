using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>A .NET pattern such as <c>MM/dd/yyyy HH:mm</c>, or several patterns that differ only in precision.</summary>
internal sealed class PatternTimeFormat(string name, params string[] patterns) : TimeFormat(name)
{
    private readonly bool _hasOffset = HasLetter(patterns[0], 'z') || HasLetter(patterns[0], 'K');
    private int _last;

    /// <summary>Creates the format for a pattern.</summary>
    /// <exception cref="FormatException">The pattern lacks the year, month or day.</exception>
    public static new PatternTimeFormat Parse(string pattern)
    {
        var missing = pattern.Contains('%', StringComparison.Ordinal) || !HasLetter(pattern, 'y') || !HasLetter(pattern, 'M') || !HasLetter(pattern, 'd');
        if (missing)
        {
            throw new FormatException(
                $"--time-format {pattern} must be iso, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern of yyyy, MM, dd, HH (or hh and tt), mm, ss, fff and zzz, "
                + "such as 'MM/dd/yyyy HH:mm'; M is the month and m the minute.");
        }

        try
        {
            var example = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero).ToString(pattern, CultureInfo.InvariantCulture);
            return example.Length > 0 ? new PatternTimeFormat(pattern, pattern) : throw new FormatException();
        }
        catch (FormatException exception)
        {
            throw new FormatException($"--time-format {pattern} is not a date pattern, such as 'MM/dd/yyyy HH:mm'.", exception);
        }
    }

    public override bool TryRead(ReadOnlySpan<char> value, out WrittenTime time)
    {
        // Start with the pattern that matched last.
        for (var i = 0; i < patterns.Length; i++)
        {
            var pattern = (_last + i) % patterns.Length;
            if (TryRead(value, patterns[pattern], out time))
            {
                _last = pattern;
                return true;
            }
        }

        time = default;
        return false;
    }

    private bool TryRead(ReadOnlySpan<char> value, string pattern, out WrittenTime time)
    {
        time = default;
        if (_hasOffset)
        {
            if (!DateTimeOffset.TryParseExact(value, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                return false;
            }

            time = new WrittenTime(instant.DateTime, instant.Offset);
            return true;
        }

        if (!DateTime.TryParseExact(value, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return false;
        }

        time = new WrittenTime(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), null);
        return true;
    }

    /// <summary>Whether a pattern contains a format letter outside quotes and not after a backslash.</summary>
    private static bool HasLetter(string pattern, char letter)
    {
        char? quote = null;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (quote is not null)
            {
                quote = pattern[i] == quote ? null : quote;
            }
            else if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] is '\'' or '"')
            {
                quote = pattern[i];
            }
            else if (pattern[i] == letter)
            {
                return true;
            }
        }

        return false;
    }
}
