using System.Buffers;
using System.Text;

namespace Marketing.Projections.Ingestion;

/// <summary>What every id, and every name and value of an attribute, must be. <see cref="IdPolicy"/> asks more of new ids.</summary>
public static class Identifier
{
    /// <summary>The rule, to end a sentence with.</summary>
    public static readonly string Rule =
        $"must be a string of 1 to {InteractionLimits.MaxIdLength} characters without control characters";

    /// <summary>Whether <paramref name="value"/> may be an id. Characters are Unicode code points, as in JSON Schema.</summary>
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
