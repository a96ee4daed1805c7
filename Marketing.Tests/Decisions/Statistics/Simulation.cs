using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

/// <summary>Draws that simulations share.</summary>
internal static class Simulation
{
    public static long Successes(Random random, int trials, double rate)
    {
        long successes = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            successes += random.NextDouble() < rate ? 1 : 0;
        }

        return successes;
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The share plus three of its standard errors: what a simulation of a true share stays below.</summary>
    public static double AtMost(double share, int simulations) => share + (3 * Math.Sqrt(share * (1 - share) / simulations));

    public static double AtLeast(double share, int simulations) => share - (3 * Math.Sqrt(share * (1 - share) / simulations));

    /// <summary>An experiment with conversion rates, looked at again and again while users arrive.</summary>
    public static IEnumerable<(Moments Control, Moments Treatment)> Looks(
        int seed, double control, double treatment, int looks, int usersPerLook)
    {
        var random = new Random(seed);
        Rate first = default, second = default;
        for (var look = 0; look < looks; look++)
        {
            first = new(first.Successes + Successes(random, usersPerLook, control), first.Trials + usersPerLook);
            second = new(second.Successes + Successes(random, usersPerLook, treatment), second.Trials + usersPerLook);
            yield return (Moments.Of(first), Moments.Of(second));
        }
    }
}
