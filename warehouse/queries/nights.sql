-- Which nights were loaded, newest first?
SELECT n.night
FROM nights AS n
ORDER BY n.night DESC;
