using Marketing.Decisions.OffPolicy;
using Marketing.Tests.Decisions.Statistics;

namespace Marketing.Tests.Decisions.OffPolicy;

/// <summary>A world with known rates, a logging policy that prefers some actions, and the uniform policy to be judged.</summary>
internal sealed class BanditWorld
{
    private const int Contexts = 3;

    private readonly Random _random;
    private readonly double[,] _rates;
    private readonly double[,] _logging;
    private readonly ActionProbability[] _uniform;

    /// <param name="seed">The seed of everything.</param>
    /// <param name="actions">The number of actions.</param>
    /// <param name="rate">The mean rate of a reward of 1.</param>
    /// <param name="concentration">How far the logging policy prefers some actions; 0 for not at all.</param>
    public BanditWorld(int seed, int actions, double rate, double concentration)
    {
        _random = new Random(seed);
        _rates = new double[Contexts, actions];
        _logging = new double[Contexts, actions];
        _uniform = [.. Enumerable.Range(0, actions).Select(action => new ActionProbability($"a{action}", 1.0 / actions))];
        for (var action = 0; action < actions; action++)
        {
            var quality = Simulation.Normal(_random);
            for (var context = 0; context < Contexts; context++)
            {
                _rates[context, action] = Math.Min(0.9, rate * Math.Exp((0.5 * quality) + (0.2 * Simulation.Normal(_random)) - 0.15));
                _logging[context, action] = Math.Exp(concentration * ((0.5 * quality) + Simulation.Normal(_random)));
            }
        }

        for (var context = 0; context < Contexts; context++)
        {
            var sum = Enumerable.Range(0, actions).Sum(action => _logging[context, action]);
            for (var action = 0; action < actions; action++)
            {
                _logging[context, action] /= sum;
            }
        }
    }

    /// <summary>The true value of the uniform policy.</summary>
    public double UniformValue => _rates.Cast<double>().Average();

    /// <param name="decisions">The number of logged decisions.</param>
    /// <param name="distort">Changes the logged propensities; null for true ones.</param>
    public LoggedOutcome[] Log(int decisions, Func<double, double>? distort = null)
    {
        var log = new LoggedOutcome[decisions];
        for (var i = 0; i < decisions; i++)
        {
            var context = _random.Next(Contexts);
            var action = Draw(context);
            var propensity = _logging[context, action];
            log[i] = new(
                $"c{context}",
                $"a{action}",
                distort?.Invoke(propensity) ?? propensity,
                _random.NextDouble() < _rates[context, action] ? 1 : 0,
                _uniform);
        }

        return log;
    }

    private int Draw(int context)
    {
        var draw = _random.NextDouble();
        var action = 0;
        while (action < _uniform.Length - 1 && (draw -= _logging[context, action]) >= 0)
        {
            action++;
        }

        return action;
    }
}
