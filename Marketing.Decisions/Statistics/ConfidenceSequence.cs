namespace Marketing.Decisions.Statistics;

/// <summary>
/// An interval that stays valid however often the results are looked at: with the stated confidence, the true effect is inside at all
/// looks together. An experiment may therefore be stopped as soon as the interval leaves out 0.
/// </summary>
/// <remarks>
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform Central Limit Theory and Asymptotic
/// Confidence Sequences", arXiv 2103.06476, theorem 2.2, from the normal mixture of Robbins; see Howard, Ramdas, McAuliffe and Sekhon,
/// "Time-uniform, Nonparametric, Nonasymptotic Confidence Sequences", Annals of Statistics 2021. Being asymptotic, it holds from a number of
/// users on: <see cref="MinUsers"/>.
/// </remarks>
public sealed class ConfidenceSequence
{
    /// <summary>With fewer users the sequence says nothing, because a variance estimated from so few cannot be trusted.</summary>
    public const long MinUsers = 200;

    private readonly double _alpha;
    private readonly double _rhoSquared;

    /// <param name="intendedUsers">The number of users of both arms at which the interval should be narrowest. Any value is valid.</param>
    /// <param name="confidence">The share of experiments whose interval never leaves out the truth.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of users is not positive, or the level not between 0 and 1.</exception>
    public ConfidenceSequence(double intendedUsers, double confidence = Statistics.Confidence.Default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intendedUsers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        Confidence = confidence;
        _alpha = 1 - confidence;
        var twice = -2 * Math.Log(_alpha);
        _rhoSquared = (twice + Math.Log(twice + 1)) / intendedUsers;
    }

    public double Confidence { get; }

    /// <summary>The tuning parameter ρ, from the intended number of users (appendix B.2 of the paper).</summary>
    public double Rho => Math.Sqrt(_rhoSquared);

    /// <summary>The interval at the current look; unbounded below <see cref="MinUsers"/>.</summary>
    public Interval Of(Effect effect)
    {
        if (effect.Users < MinUsers || !double.IsFinite(effect.StandardError))
        {
            return Interval.Unbounded;
        }

        var growth = (effect.Users * _rhoSquared) + 1;
        var factor = Math.Sqrt(growth / (effect.Users * _rhoSquared) * Math.Log(growth / (_alpha * _alpha)));
        return Interval.Around(effect.Estimate, factor * effect.StandardError);
    }

    /// <summary>
    /// The smallest α at which the interval of this look leaves out <paramref name="hypothesis"/>. The smallest value over all looks is a
    /// p-value.
    /// </summary>
    public double PValue(Effect effect, double hypothesis = 0)
    {
        if (effect.Users < MinUsers || !double.IsFinite(effect.StandardError))
        {
            return 1;
        }

        var growth = (effect.Users * _rhoSquared) + 1;
        var z = (effect.Estimate - hypothesis) / effect.StandardError;
        return Math.Min(1, Math.Sqrt(growth) * Math.Exp(-0.5 * z * z * (growth - 1) / growth));
    }
}
