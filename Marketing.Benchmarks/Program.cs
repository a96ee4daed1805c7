using BenchmarkDotNet.Running;
using Marketing.Benchmarks.Kafka;
using Marketing.Benchmarks.Kill;
using Marketing.Benchmarks.Load;
using Marketing.Benchmarks.Log;
using Marketing.Benchmarks.Projections;
using Marketing.Benchmarks.Recommendations;
using Marketing.Benchmarks.Regret;
using Marketing.Benchmarks.Steps;
using Marketing.Benchmarks.Vectors;

namespace Marketing.Benchmarks;

internal static class Program
{
    /// <summary>The measurements that are separate commands, by the first argument; anything else goes to BenchmarkDotNet.</summary>
    private static readonly Dictionary<string, Func<string[], Task<int>>> Commands = new()
    {
        ["embedding"] = EmbeddingCommand.RunAsync,
        ["ask"] = AskCommand.RunAsync,
        ["kafka"] = KafkaCommand.RunAsync,
        ["log"] = LogCommand.RunAsync,
        ["cache"] = CacheCommand.RunAsync,
        ["kill"] = KillCommand.RunAsync,
        ["load"] = LoadCommand.RunAsync,
        ["projections"] = ProjectionsCommand.RunAsync,
        ["regret"] = RegretCommand.RunAsync,
        ["steps"] = StepCurveCommand.RunAsync,
        ["vectors"] = VectorsCommand.RunAsync,
    };

    private static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && Commands.TryGetValue(args[0], out var command))
        {
            return await command(args[1..]);
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
