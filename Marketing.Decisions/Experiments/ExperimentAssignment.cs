using Marketing.Decisions.Hashing;
using Marketing.Domain;

namespace Marketing.Decisions.Experiments;

/// <summary>
/// Assigns users to the variants of one experiment: a pure function of the salt and the user id. It keeps no state, so a user gets the same
/// variant in every process and after every restart, and assignments of experiments with different salts are independent.
/// </summary>
/// <remarks>
/// Layer, holdout and variant each use a hash of their own. Widening the range or the holdout therefore moves no user between variants.
/// Method and tests of such hashes: Kohavi, Tang and Xu, "Trustworthy Online Controlled Experiments", 2020, chapters 4 and 21.
/// </remarks>
public sealed class ExperimentAssignment
{
    private readonly ulong _layerSeed;
    private readonly ulong _holdoutSeed;
    private readonly ulong _variantSeed;
    private readonly double _from;
    private readonly double _to;
    private readonly double _holdoutShare;

    /// <summary>The upper end of each variant's part of the interval from 0 to 1.</summary>
    private readonly double[] _ends;

    /// <param name="salt">Usually the id of the experiment. The same salt gives the same split.</param>
    /// <param name="variants">One variant or more.</param>
    /// <param name="holdoutShare">The share of the users who are recommended nothing, 0 or more and less than 1.</param>
    /// <param name="range">The part of a layer that the experiment takes; null for all users.</param>
    /// <exception cref="ArgumentException">No variant, a weight that is not positive and finite, a share or a range out of bounds.</exception>
    public ExperimentAssignment(string salt, IReadOnlyList<VariantWeight> variants, double holdoutShare = 0, LayerRange? range = null)
    {
        if (variants.Count == 0 || variants.Any(variant => !(variant.Weight > 0 && double.IsFinite(variant.Weight))))
        {
            throw new ArgumentException("An experiment needs variants with a weight above 0.", nameof(variants));
        }

        if (!(holdoutShare >= 0 && holdoutShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(holdoutShare), holdoutShare, "The share of the holdout must be at least 0 and below 1.");
        }

        if (range is { } part && !(part.From >= 0 && part.From < part.To && part.To <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(range), part, "A range starts at 0 or later, ends at 1 or earlier, and is not empty.");
        }

        Variants = [.. variants];
        _layerSeed = StableHash.Of(range?.Layer, StableHash.Of("layer"));
        _holdoutSeed = StableHash.Of(salt, StableHash.Of("holdout"));
        _variantSeed = StableHash.Of(salt, StableHash.Of("variant"));
        (_from, _to) = (range?.From ?? 0, range?.To ?? 1);
        _holdoutShare = holdoutShare;
        _ends = Ends(Variants);
    }

    public IReadOnlyList<VariantWeight> Variants { get; }

    /// <summary>Returns the part of the experiment that a user is in. Allocates nothing.</summary>
    public Assignment Assign(UserId user)
    {
        if (_to - _from < 1 && Draw(user, _layerSeed) is var place && (place < _from || place >= _to))
        {
            return Assignment.NotIncluded;
        }

        if (_holdoutShare > 0 && Draw(user, _holdoutSeed) < _holdoutShare)
        {
            return Assignment.Holdout;
        }

        var draw = Draw(user, _variantSeed);
        var variant = 0;
        while (draw >= _ends[variant])
        {
            variant++;
        }

        return new(AssignmentKind.Variant, variant);
    }

    private static double Draw(UserId user, ulong seed) => StableHash.ToUnit(StableHash.Of(user.Value, seed));

    private static double[] Ends(IReadOnlyList<VariantWeight> variants)
    {
        var total = variants.Sum(variant => variant.Weight);
        var ends = new double[variants.Count];
        double sum = 0;
        for (var variant = 0; variant < ends.Length; variant++)
        {
            sum += variants[variant].Weight;
            ends[variant] = sum / total;
        }

        // Rounding must leave no gap at the end.
        ends[^1] = 1;
        return ends;
    }
}
