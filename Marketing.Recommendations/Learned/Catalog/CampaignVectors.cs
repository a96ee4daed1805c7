using System.Numerics.Tensors;

namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>The embedded campaign texts as a matrix with one row per ordinal: unit length, or zero for a campaign without text.</summary>
internal sealed class CampaignVectors(int dimensions, float[] rows)
{
    public static readonly CampaignVectors None = new(0, []);

    public int Dimensions { get; } = dimensions;

    /// <summary>The number of campaigns.</summary>
    public int Count => Dimensions == 0 ? 0 : rows.Length / Dimensions;

    /// <summary>Writes each campaign's cosine with a unit vector; returns false, writing nothing, if the dimensions differ.</summary>
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
