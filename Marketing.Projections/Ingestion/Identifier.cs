using System.Buffers;
using System.Text;

namespace Marketing.Projections.Ingestion;

/// <summary>The rule for every id and every attribute name and value; <see cref="IdPolicy"/> is stricter for new ids.</summary>
public static class Identifier
{
    /// <summary>The rule as the end of a sentence.</summary>
    public static readonly string Rule =
        $"must be a string of 1 to {InteractionLimits.MaxIdLength} characters without control characters";

    /// <summary>Whether <paramref name="value"/> is a valid id; lengths count Unicode code points, as in JSON Schema.</summary>
    public static bool IsValid(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value.Length > 2 * InteractionLimits.MaxIdLength)
        {
            return false;
        }

        var count = 0;
        while (!value.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(value, out var rune, out var length) != OperationStatus.Done
                || Rune.IsControl(rune))
            {
                return false;
            }

            value = value[length..];
            count++;
        }

        return count <= InteractionLimits.MaxIdLength;
    }
}
