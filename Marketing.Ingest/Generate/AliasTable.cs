namespace Marketing.Ingest.Generate;

/// <summary>Draws an index with given weights in constant time (Walker's alias method in Vose's form, 1991).</summary>
internal sealed class AliasTable
{
    private readonly double[] _threshold;
    private readonly int[] _alias;

    public AliasTable(double[] weights)
    {
        var scale = weights.Length / weights.Sum();
        _threshold = [.. weights.Select(weight => weight * scale)];
        _alias = new int[weights.Length];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < weights.Length; i++)
        {
            (_threshold[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _alias[less] = more;
            _threshold[more] -= 1 - _threshold[less];
            (_threshold[more] < 1 ? small : large).Push(more);
        }

        foreach (var rest in small.Concat(large))
        {
            _threshold[rest] = 1; // Left over from rounding.
        }
    }

    public int Draw(Random random)
    {
        var index = random.Next(_threshold.Length);
        return random.NextDouble() < _threshold[index] ? index : _alias[index];
    }
}
