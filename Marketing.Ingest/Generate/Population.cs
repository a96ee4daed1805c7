using System.Globalization;
using Marketing.Domain;

namespace Marketing.Ingest.Generate;

/// <summary>The people: what they care for, what is on their mind, and how much they do.</summary>
internal sealed class Population
{
    private readonly Interest[] _first;
    private readonly Interest[] _second;
    private readonly Interest[] _mind;
    private readonly string[] _names;
    private readonly AliasTable _activity;
    private readonly Vocabulary _words;

    public Population(int count, Vocabulary words, Random random)
    {
        _words = words;
        _first = new Interest[count];
        _second = new Interest[count];
        _names = new string[count];
        var activity = new double[count];
        for (var i = 0; i < count; i++)
        {
            _names[i] = string.Create(CultureInfo.InvariantCulture, $"user-{i + 1:D7}");
            _first[i] = Interest.Draw(random, words);
            _second[i] = Interest.Draw(random, words);

            // Pareto with exponent 1.6, cut at a thousand times the least: the top hundredth does about a sixth of everything.
            activity[i] = Math.Min(1000, Math.Pow(1 - random.NextDouble(), -1 / 1.6));
        }

        _mind = [.. _first];
        _activity = new AliasTable(activity);
    }

    /// <summary>Somebody who does something next.</summary>
    public int Draw(Random random) => _activity.Draw(random);

    public UserId Id(int user) => new(_names[user]);

    /// <summary>What the user has last spoken of, or else cares for most.</summary>
    public Interest Mind(int user) => _mind[user];

    /// <summary>What the user turns to now: mostly an old interest, sometimes another subject of its topic, rarely something new.</summary>
    public Interest Turn(int user, Random random)
    {
        var next = random.NextDouble() switch
        {
            < 0.55 => _first[user],
            < 0.75 => _second[user],
            < 0.9 => _first[user] with { Subject = (byte)random.Next(Vocabulary.SubjectsPerTopic) },
            _ => Interest.Draw(random, _words),
        };
        return _mind[user] = next;
    }
}
