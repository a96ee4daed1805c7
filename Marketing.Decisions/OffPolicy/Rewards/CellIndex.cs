namespace Marketing.Decisions.OffPolicy.Rewards;

/// <summary>Numbers the contexts, actions and pairs of a log.</summary>
internal sealed class CellIndex
{
    private readonly Dictionary<string, int> _contexts = [];
    private readonly Dictionary<string, int> _actions = [];
    private readonly Dictionary<(int Context, int Action), int> _pairs = [];
    private readonly List<int> _actionOfPair = [];

    public int ActionCount => _actions.Count;

    public int PairCount => _actionOfPair.Count;

    /// <summary>Numbers a pair that the log contains.</summary>
    public (int Context, int Pair) Add(string context, string action)
    {
        var contextNumber = Number(_contexts, context);
        var actionNumber = Number(_actions, action);
        if (!_pairs.TryGetValue((contextNumber, actionNumber), out var pair))
        {
            _pairs[(contextNumber, actionNumber)] = pair = _actionOfPair.Count;
            _actionOfPair.Add(actionNumber);
        }

        return (contextNumber, pair);
    }

    /// <summary>The number of an action; -1 if the log never took it.</summary>
    public int ActionNumber(string action) => _actions.GetValueOrDefault(action, -1);

    /// <summary>The number of a pair; -1 if the log does not contain it.</summary>
    public int PairOf(int context, int action) => _pairs.GetValueOrDefault((context, action), -1);

    public int ActionOf(int pair) => _actionOfPair[pair];

    private static int Number(Dictionary<string, int> numbers, string key)
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            numbers[key] = number = numbers.Count;
        }

        return number;
    }
}
