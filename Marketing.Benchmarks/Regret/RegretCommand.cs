using Marketing.Decisions.Exploration;

namespace Marketing.Benchmarks.Regret;

/// <summary>
/// <c>regret [FILE.svg]</c>: how many clicks each exploration policy loses while it learns which of 20 campaigns is best. The same figures in
/// every run.
/// </summary>
internal static class RegretCommand
{
    private const int Decisions = 50_000;
    private const int Step = 500;
    private const int Worlds = 100;

    private static readonly (string Name, IExplorationPolicy Policy)[] Policies =
    [
        ("uniform", new EpsilonPolicy(1)),
        ("greedy", new GreedyPolicy()),
        ("epsilon .1", new EpsilonPolicy(0.1)),
        ("softmax .005", new SoftmaxPolicy(0.005)),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        (string Name, double[] Regret)[] curves =
            [.. Policies.Select(one => (one.Name, RegretSimulation.Run(one.Policy, Decisions, Step, Worlds)))];
        foreach (var (name, regret) in curves)
        {
            Console.WriteLine($"{name,-14} {regret[(regret.Length / 10) - 1],8:F0} {regret[^1],8:F0}");
        }

        if (args is [var path, ..])
        {
            await File.WriteAllTextAsync(path, RegretPlot.Draw(curves, Decisions));
        }

        return 0;
    }
}
