namespace Marketing.Benchmarks.Vectors;

internal static class NodeIndexes
{
    public static Task RunAsync(VectorWorld world, ExactNeighbours exact, int wanted, string folder) => Task.CompletedTask;
}
