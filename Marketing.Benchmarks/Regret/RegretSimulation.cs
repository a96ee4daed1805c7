using Marketing.Decisions.Exploration;

namespace Marketing.Benchmarks.Regret;

/// <summary>Campaigns with known click rates, and policies that learn these rates from what they show.</summary>
internal static class RegretSimulation
{
    private const int Campaigns = 20;
    private const double BestRate = 0.10;
    private const double WorstRate = 0.02;

    // Every campaign starts at the middle rate, with the weight of a hundred impressions.
    private const double PriorRate = (BestRate + WorstRate) / 2;
    private const double PriorImpressions = 100;

    /// <returns>The mean number of clicks lost against always showing the best campaign, after each <paramref name="step"/> decisions.</returns>
    public static double[] Run(IExplorationPolicy policy, int decisions, int step, int worlds)
    {
        var regret = new double[decisions / step];
        for (var world = 0; world < worlds; world++)
        {
            Run(policy, new Random(world), regret, step, worlds);
        }

        return regret;
    }

    private static void Run(IExplorationPolicy policy, Random random, double[] regret, int step, int worlds)
    {
        double[] rates = [.. Enumerable.Range(0, Campaigns).Select(campaign => WorstRate + ((BestRate - WorstRate) * campaign / (Campaigns - 1)))];
        random.Shuffle(rates);
        var (clicks, impressions) = (new double[Campaigns], new double[Campaigns]);
        var scores = Enumerable.Repeat((float)PriorRate, Campaigns).ToArray();
        Span<int> ranking = stackalloc int[1];
        double lost = 0;
        for (var decision = 1; decision <= regret.Length * step; decision++)
        {
            policy.Rank(scores, new DecisionDraws(new Guid(decision, 0, 0, new byte[8]), (ulong)random.NextInt64()), ranking);
            var shown = ranking[0];
            clicks[shown] += random.NextDouble() < rates[shown] ? 1 : 0;
            impressions[shown]++;
            scores[shown] = (float)((clicks[shown] + (PriorRate * PriorImpressions)) / (impressions[shown] + PriorImpressions));
            lost += BestRate - rates[shown];
            if (decision % step == 0)
            {
                regret[(decision / step) - 1] += lost / worlds;
            }
        }
    }
}
