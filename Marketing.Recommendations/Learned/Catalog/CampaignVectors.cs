using System.Numerics.Tensors;

namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>The embedded texts of the campaigns as one matrix, a row an ordinal. Rows are of unit length, or zero for a campaign without a text.</summary>
internal sealed class CampaignVectors(int dimensions, float[] rows)
{
    public static readonly CampaignVectors None = new(0, []);

    public int Dimensions { get; } = dimensions;

    /// <summary>How many campaigns there are.</summary>
    public int Count => Dimensions == 0 ? 0 : rows.Length / Dimensions;

    /// <summary>Writes the cosine of every campaign with a unit vector; false, and nothing written, when they cannot be compared.</summary>
    public bool Cosines(ReadOnlySpan<float> vector, Span<float> cosines)
    {
        if (Dimensions == 0 || vector.Length != Dimensions)
        {
            return false;
        }

        for (var ordinal = 0; ordinal < Count; ordinal++)
        {
            cosines[ordinal] = TensorPrimitives.Dot(vector, rows.AsSpan(ordinal * Dimensions, Dimensions));
        }

        return true;
    }
}
