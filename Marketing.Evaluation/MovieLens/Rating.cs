namespace Marketing.Evaluation.MovieLens;

/// <summary>A line of u.data.</summary>
/// <param name="User">Who.</param>
/// <param name="Item">Which film.</param>
/// <param name="At">When it was rated.</param>
internal readonly record struct Rating(string User, string Item, DateTimeOffset At);
